package dev.tenet.domain.schema;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import java.util.Optional;
import java.util.Set;

/// The names that may be used in expressions: `[a-zA-Z_][a-zA-Z0-9_]*`, 1 to 100 characters, no reserved word.
public final class Identifier {

  /// The longest name, in characters.
  public static final int LONGEST = 100;

  /// CEL's keywords and reserved words, and `let`.
  public static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private Identifier() {}

  /// {@return what is wrong with the name, or empty}
  ///
  /// @param what what the name names, such as `field name`
  public static Optional<Diagnostic> fault(String name, String what, Location location) {
    if (name.isEmpty()) {
      return Optional.of(
          Diagnostic.error(
              "identifier_empty",
              location,
              "The %s is empty; use for example \"User\".".formatted(what)));
    }
    if (name.length() > LONGEST) {
      return Optional.of(
          Diagnostic.error(
              "identifier_too_long",
              location,
              "The %s %s has %d characters; at most %d are allowed, for example \"account_balance\"."
                  .formatted(what, Quoted.text(name), name.length(), LONGEST)));
    }
    if (!wellFormed(name)) {
      return Optional.of(
          Diagnostic.error(
              "identifier_invalid",
              location,
              "The %s %s is not a valid identifier: use ASCII letters, digits and underscores and start with a letter or an underscore, for example \"account_balance\"."
                  .formatted(what, Quoted.text(name))));
    }
    if (RESERVED.contains(name)) {
      return Optional.of(
          Diagnostic.error(
              "identifier_reserved",
              location,
              "The %s \"%s\" is a reserved word of CEL; use for example \"%s_\"."
                  .formatted(what, name, name)));
    }
    return Optional.empty();
  }

  private static boolean wellFormed(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !(digit && i > 0)) {
        return false;
      }
    }
    return true;
  }
}
