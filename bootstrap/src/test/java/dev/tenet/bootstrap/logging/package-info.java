/// The log, as those see it who read it.
@NullMarked
package dev.tenet.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
