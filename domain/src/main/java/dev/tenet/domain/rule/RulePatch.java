package dev.tenet.domain.rule;

import dev.tenet.domain.expression.Expression;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/// What to change of a rule; what is empty stays as it is.
public record RulePatch(
    Optional<String> name,
    Optional<String> description,
    Optional<Expression> expression,
    Optional<Map<String, Expression>> then,
    Optional<NavigableSet<String>> tags,
    Optional<Boolean> enabled) {}
