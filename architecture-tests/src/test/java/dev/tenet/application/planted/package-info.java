/// Violations that look as if they stood in the application.
@NullMarked
package dev.tenet.application.planted;

import org.jspecify.annotations.NullMarked;
