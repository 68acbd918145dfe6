/// Routes of API keys.
@NullMarked
package dev.tenet.http.key;

import org.jspecify.annotations.NullMarked;
