package dev.tenet.benchmark.rules;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A part of a condition.
public sealed interface Term {

  /// What a term is about.
  enum Subject {
    USER("User", "$u"),
    TRANSACTION("Transaction", "$t");

    private final String object;
    private final String variable;

    Subject(String object, String variable) {
      this.object = object;
      this.variable = variable;
    }
  }

  /// A field against a constant.
  ///
  /// @param operator such as `>=`
  /// @param literal as it is written in all languages
  record Comparison(Subject subject, String field, String operator, String literal)
      implements Term {

    /// {@return a field against a text}
    static Comparison ofText(Subject subject, String field, String operator, String text) {
      return new Comparison(subject, field, operator, quoted(text));
    }

    @Override
    public String cel() {
      return "%s.%s %s %s".formatted(subject.object, field, operator, literal);
    }

    @Override
    public String aviator() {
      return cel();
    }

    @Override
    public String drools() {
      return "%s %s %s".formatted(property(field), operator, literal);
    }
  }

  /// A field that must be true.
  record Truth(Subject subject, String field) implements Term {
    @Override
    public String cel() {
      return subject.object + "." + field;
    }

    @Override
    public String aviator() {
      return cel();
    }

    @Override
    public String drools() {
      return property(field) + " == true";
    }
  }

  /// A field that must have one of several values.
  record OneOf(Subject subject, String field, List<String> values) implements Term {
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public String cel() {
      return "%s.%s in [%s]".formatted(subject.object, field, list());
    }

    @Override
    public String aviator() {
      return values.stream()
          .map(value -> "%s.%s == %s".formatted(subject.object, field, quoted(value)))
          .collect(Collectors.joining(" || ", "(", ")"));
    }

    @Override
    public String drools() {
      return "%s in (%s)".formatted(property(field), list());
    }

    private String list() {
      return values.stream().map(Term::quoted).collect(Collectors.joining(", "));
    }
  }

  /// Fields of the user and the transaction against each other, which no index over values helps with: the first field
  /// times a factor, and the second added to it, compared with the third.
  ///
  /// @param left of the user
  /// @param added of the transaction
  /// @param operator `<` or `>`
  /// @param right of the transaction
  record Arithmetic(Operand left, long factor, Operand added, String operator, Operand right)
      implements Term {

    @Override
    public Subject subject() {
      return Subject.TRANSACTION;
    }

    @Override
    public String cel() {
      return "%s * %d + %s %s %s".formatted(left.cel(), factor, added.cel(), operator, right.cel());
    }

    @Override
    public String aviator() {
      return cel();
    }

    @Override
    public String drools() {
      return "$%s: %s, %s %s %s * %d + $%s"
          .formatted(
              property(added.field()),
              property(added.field()),
              property(right.field()),
              operator.equals("<") ? ">" : "<",
              left.subject().variable + "." + property(left.field()),
              factor,
              property(added.field()));
    }
  }

  /// A field in a calculation.
  record Operand(Subject subject, String field) {
    private String cel() {
      return subject.object + "." + field;
    }
  }

  /// {@return where Drools tests it}
  Subject subject();

  /// {@return the term in CEL}
  String cel();

  /// {@return the term for Aviator}
  String aviator();

  /// {@return the term as a constraint of a pattern}
  String drools();

  private static String property(String field) {
    return field.toLowerCase(Locale.ROOT);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
