/// Tests of the CEL adapter.
@NullMarked
package dev.tenet.cel;

import org.jspecify.annotations.NullMarked;
