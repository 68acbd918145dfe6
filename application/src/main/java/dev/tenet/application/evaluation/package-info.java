/// Evaluating facts, and the compiler that makes it possible.
@NullMarked
package dev.tenet.application.evaluation;

import org.jspecify.annotations.NullMarked;
