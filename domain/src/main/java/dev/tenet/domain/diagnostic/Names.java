package dev.tenet.domain.diagnostic;

import java.util.Optional;

/// What names for people may be: tenants, rules and keys have them.
public final class Names {

  private static final int LONGEST = 255;

  private Names() {}

  /// {@return what is wrong with the name, if anything is}
  ///
  /// @param field the input that has it, such as `name`
  public static Optional<Diagnostic> fault(String field, String name) {
    if (Printable.isBlank(name)) {
      return report("name_required", field, "The %s is required.".formatted(field));
    }
    int length = name.codePointCount(0, name.length());
    if (length > LONGEST) {
      return report(
          "name_too_long",
          field,
          "The %s has %d characters; at most %d are allowed.".formatted(field, length, LONGEST));
    }
    return name.codePoints()
        .filter(c -> !Printable.isPrintable(c))
        .boxed()
        .findFirst()
        .flatMap(
            c ->
                report(
                    "name_invalid",
                    field,
                    "The %s has the character U+%04X in it, which cannot be seen; write it without."
                        .formatted(field, c)));
  }

  private static Optional<Diagnostic> report(String code, String field, String message) {
    return Optional.of(Diagnostic.error(code, Location.field(field), message));
  }
}
