/// Where new ids come from.
@NullMarked
package dev.tenet.application.identity;

import org.jspecify.annotations.NullMarked;
