package dev.tenet.domain.plugin;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether a new version of a plugin keeps what an earlier one of the same major version has promised.
public final class Compatibility {

  private Compatibility() {}

  /// {@return every promise that is broken; nothing when the major version is another, which may break all}
  public static List<Diagnostic> faults(Manifest earlier, Manifest later) {
    return faults(earlier, later, "Keep it");
  }

  /// {@return every promise of a version that would not be kept by a higher one that is there already}
  public static List<Diagnostic> faultsBehind(Manifest earlier, Manifest published) {
    return faults(
        earlier,
        published,
        "Version %s is there already: leave it out, choose a version above"
            .formatted(published.version()));
  }

  private static List<Diagnostic> faults(Manifest earlier, Manifest later, String remedy) {
    if (earlier.version().major() != later.version().major()) {
      return List.of();
    }
    List<Diagnostic> faults = new ArrayList<>();
    earlier
        .functions()
        .forEach(
            (name, promised) -> {
              Optional<FunctionContract> offered = later.function(name);
              String place = "modules." + name.action();
              if (offered.isEmpty()) {
                faults.add(
                    fault(
                        place,
                        "The function %s of version %s is not in version %s. %s, or raise the major version."
                            .formatted(name, earlier.version(), later.version(), remedy)));
              } else if (!keeps(promised, offered.get())) {
                faults.add(
                    fault(
                        place,
                        "In version %s it is %s, in version %s it was %s. Keep parameters and result, add only optional parameters behind them, or raise the major version."
                            .formatted(
                                later.version(),
                                named(offered.get()),
                                earlier.version(),
                                named(promised))));
              }
            });
    return faults;
  }

  /// Calls by name, such as those over HTTP, need the parameters' names.
  private static String named(FunctionContract function) {
    return "%s(%s) -> %s"
        .formatted(
            function.name(),
            function.parameters().stream()
                .map(
                    field ->
                        "%s: %s%s"
                            .formatted(
                                field.name(), field.type().describe(), field.optional() ? "?" : ""))
                .collect(Collectors.joining(", ")),
            function.output().describe());
  }

  private static Diagnostic fault(String place, String message) {
    return Diagnostic.error("contract_incompatible", Location.field(place), message);
  }

  private static boolean keeps(FunctionContract promised, FunctionContract offered) {
    List<Field> before = promised.parameters();
    List<Field> after = offered.parameters();
    if (after.size() < before.size() || !gives(promised.output(), offered.output())) {
      return false;
    }
    for (int i = 0; i < after.size(); i++) {
      Field parameter = after.get(i);
      if (i >= before.size() ? !parameter.optional() : !takes(before.get(i), parameter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean takes(Field before, Field after) {
    return after.name().equals(before.name())
        && (after.optional() || !before.optional())
        && gives(after.type(), before.type());
  }

  /// {@return whether everything of the type `offered` is of the type `promised`, too}
  private static boolean gives(FieldType promised, FieldType offered) {
    return switch (promised) {
      case FieldType.EnumOf(var values) ->
          offered instanceof FieldType.EnumOf(var fewer) && values.containsAll(fewer);
      case FieldType.ObjectOf object ->
          offered instanceof FieldType.ObjectOf other
              && object.fields().values().stream()
                  .allMatch(
                      field -> {
                        Field same = other.fields().get(field.name());
                        return same == null
                            ? field.optional()
                            : (field.optional() || !same.optional())
                                && gives(field.type(), same.type());
                      });
      case FieldType.ListOf(var element) ->
          offered instanceof FieldType.ListOf(var other) && gives(element, other);
      case FieldType.MapOf(var value) ->
          offered instanceof FieldType.MapOf(var other) && gives(value, other);
      case FieldType.Dyn _, FieldType.Scalar _ -> promised.equals(offered);
    };
  }
}
