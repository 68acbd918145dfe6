/// Decisions that were kept, on the wire.
@NullMarked
package dev.tenet.http.decision;

import org.jspecify.annotations.NullMarked;
