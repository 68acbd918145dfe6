/// Violations that look as if they stood in an adapter.
@NullMarked
package dev.tenet.inmemory.planted;

import org.jspecify.annotations.NullMarked;
