/// Decisions that were written down, and what of them was not.
@NullMarked
package dev.tenet.domain.decision;

import org.jspecify.annotations.NullMarked;
