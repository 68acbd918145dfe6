/// The read side: facts laid out by a schema, and the decisions made from them.
@NullMarked
package dev.tenet.domain.evaluation;

import org.jspecify.annotations.NullMarked;
