/// Violations that look as if they stood in an adapter.
@NullMarked
package dev.tenet.cel.planted;

import org.jspecify.annotations.NullMarked;
