/// CEL expressions as people write them.
@NullMarked
package dev.tenet.domain.expression;

import org.jspecify.annotations.NullMarked;
