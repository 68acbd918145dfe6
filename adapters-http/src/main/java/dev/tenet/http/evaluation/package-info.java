/// Routes that evaluate facts and check expressions: the hot path, which reads and writes JSON without JSON-B.
@NullMarked
package dev.tenet.http.evaluation;

import org.jspecify.annotations.NullMarked;
