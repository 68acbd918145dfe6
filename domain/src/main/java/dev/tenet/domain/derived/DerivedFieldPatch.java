package dev.tenet.domain.derived;

import dev.tenet.domain.expression.Expression;
import java.util.Optional;

/// What to change of a derived field; what is empty stays as it is.
public record DerivedFieldPatch(
    Optional<String> name, Optional<Expression> expression, Optional<String> description) {}
