/// Violations that look as if they stood in the domain.
@NullMarked
package dev.tenet.domain.planted;

import org.jspecify.annotations.NullMarked;
