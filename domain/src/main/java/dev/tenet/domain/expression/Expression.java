package dev.tenet.domain.expression;

import static java.util.Objects.requireNonNull;

/// The text of a CEL expression.
public record Expression(String text) {
  public Expression {
    requireNonNull(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
