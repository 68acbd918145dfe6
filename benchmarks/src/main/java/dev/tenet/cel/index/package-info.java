/// Measures inside of the index.
@NullMarked
package dev.tenet.cel.index;

import org.jspecify.annotations.NullMarked;
