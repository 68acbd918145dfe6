/// One half of a cycle.
@NullMarked
package dev.tenet.domain.here;

import org.jspecify.annotations.NullMarked;
