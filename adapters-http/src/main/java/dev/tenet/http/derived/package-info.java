/// Routes of derived fields.
@NullMarked
package dev.tenet.http.derived;

import org.jspecify.annotations.NullMarked;
