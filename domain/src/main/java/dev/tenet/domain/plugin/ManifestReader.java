package dev.tenet.domain.plugin;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Identifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a manifest, `plugin.json`, from plain JSON values and reports all of its faults at once.
public final class ManifestReader {

  /// The most functions of a plugin.
  public static final int MOST_FUNCTIONS = 200;

  /// A call takes microseconds, but the first ones of a server that has just begun, or is busy, take many times that.
  private static final Duration USUAL_TIMEOUT = Duration.ofMillis(250);

  private static final long LONGEST_TIMEOUT_MS = 10_000;
  private static final long LONGEST_LIFE_SEC = 86_400;
  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "version",
          "internal",
          "description",
          "tags",
          "dependencies",
          "modules",
          "enums",
          "input",
          "types",
          "ui");
  private static final Set<String> FUNCTION_MEMBERS =
      Set.of("cacheable", "cache_ttl_sec", "timeout_ms", "input", "output", "description");

  /// What reading a manifest gives.
  public sealed interface Reading {
    /// It is a manifest.
    record Valid(Manifest manifest) implements Reading {}

    /// It has faults: all of them.
    record Invalid(List<Diagnostic> diagnostics) implements Reading {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }
  }

  /// What reading the functions of a script gives.
  public sealed interface Functions {
    /// They are contracts.
    record Valid(List<FunctionContract> functions) implements Functions {
      public Valid {
        functions = List.copyOf(functions);
      }
    }

    /// They have faults: all of them.
    record Invalid(List<Diagnostic> diagnostics) implements Functions {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }
  }

  private final List<Diagnostic> faults = new ArrayList<>();
  private final Map<String, Object> named = new LinkedHashMap<>();
  private final LinkedHashMap<FunctionName, FunctionContract> functions = new LinkedHashMap<>();

  /// Whether it is a manifest that is published now: what was published once is good, also by what is looked at since.
  private final boolean anew;

  private ManifestReader(boolean anew) {
    this.anew = anew;
  }

  /// {@return the manifest that somebody wants to publish, or all of its faults}
  ///
  /// @param json a plain JSON value
  public static Reading read(@Nullable Object json) {
    return read(json, true);
  }

  /// {@return a manifest that was published, or all of its faults}
  ///
  /// @param json a plain JSON value
  public static Reading published(@Nullable Object json) {
    return read(json, false);
  }

  private static Reading read(@Nullable Object json, boolean anew) {
    var reader = new ManifestReader(anew);
    Manifest manifest = reader.manifest(json);
    return manifest == null || !reader.faults.isEmpty()
        ? new Reading.Invalid(reader.faults)
        : new Reading.Valid(manifest);
  }

  /// {@return the functions of a tenant's script, or all of their faults}
  ///
  /// @param json a plain JSON value: from the names of functions to what a manifest says of one
  public static Functions script(String script, @Nullable Object json) {
    var reader = new ManifestReader(true);
    Identifier.fault(script, "name of the script", Location.field("name"))
        .ifPresent(reader.faults::add);
    if (json instanceof Map<?, ?> map && !map.isEmpty()) {
      reader.module(FunctionName.SCRIPTS, script, map, "functions");
    } else {
      reader.fault(
          "contract_required",
          "functions",
          "Say which functions the script has, for example {\"discount\": {\"input\": {\"amount\": \"float64\"}, \"output\": \"float64\"}}.");
    }
    return reader.faults.isEmpty()
        ? new Functions.Valid(List.copyOf(reader.functions.values()))
        : new Functions.Invalid(reader.faults);
  }

  private @Nullable Manifest manifest(@Nullable Object json) {
    if (!(json instanceof Map<?, ?> raw)) {
      fault(
          "manifest_invalid",
          "manifest",
          "The manifest must be a JSON object with \"name\", \"version\" and \"modules\".");
      return null;
    }
    Members members = Members.of(raw, "", faults);
    members.requireKnown(MEMBERS);
    String name = members.text("name");
    Identifier.fault(name, "name of the plugin", Location.field("name")).ifPresent(faults::add);
    if (name.equals(FunctionName.SCRIPTS)) {
      fault(
          "plugin_name_reserved",
          "name",
          "\"script\" is the plugin that a tenant's scripts belong to; choose another name.");
    }
    PluginVersion version = version(members);
    boolean internal = members.flag("internal");
    String description = members.text("description");
    List<String> tags = members.texts("tags");
    List<String> dependencies = members.texts("dependencies");
    named(members);
    modules(name, members);
    unused(members);
    dependencies.forEach(dependency -> dependency(name, dependency));
    return new Manifest(
        name, version, internal, description, tags, dependencies, functions, members.all());
  }

  private PluginVersion version(Members manifest) {
    return PluginVersion.of(manifest.text("version"))
        .orElseGet(
            () -> {
              fault(
                  "plugin_version_invalid",
                  "version",
                  "The version must be three numbers joined by dots, for example \"1.0.2\".");
              return new PluginVersion(0, 0, 0);
            });
  }

  private void dependency(String plugin, String dependency) {
    String[] parts = dependency.split("\\.", -1);
    boolean wellFormed = parts.length <= 2;
    for (String part : parts) {
      wellFormed &= Identifier.fault(part, "name", Location.field("dependencies")).isEmpty();
    }
    if (!wellFormed || parts[0].equals(plugin)) {
      fault(
          "dependency_invalid",
          "dependencies",
          "%s is no dependency: name another plugin, or a module of one, such as \"sales.tax\"."
              .formatted(Quoted.text(dependency)));
    }
  }

  private void named(Members manifest) {
    manifest
        .object("enums")
        .forEach(
            (name, labels) -> {
              if (labels instanceof Map<?, ?> values && !values.isEmpty()) {
                named(
                    "enums." + name,
                    name,
                    Map.of("enum", List.copyOf(new TreeSet<>(Members.strings(values).keySet()))));
              } else {
                fault(
                    "contract_enum_invalid",
                    "enums." + name,
                    "An enum is an object from its values to their labels, for example {\"paid\": \"Paid\"}.");
              }
            });
    for (String kind : List.of("input", "types")) {
      manifest
          .object(kind)
          .forEach(
              (name, type) -> {
                if (type instanceof Map<?, ?>) {
                  named(kind + '.' + name, name, type);
                } else {
                  fault(
                      "contract_type_invalid",
                      kind + '.' + name,
                      "A type is an object from field names to types, for example {\"amount\": \"float64\"}.");
                }
              });
    }
  }

  private void named(String place, String name, Object type) {
    if (!anew) {
      named.put(name, type);
      return;
    }
    Identifier.fault(name, "name of the type", Location.field(place)).ifPresent(faults::add);
    if (FieldType.Scalar.spelled(name).isPresent() || name.equals(new FieldType.Dyn().describe())) {
      fault(
          "contract_type_invalid",
          place,
          "%s is a type already; choose another name.".formatted(Quoted.text(name)));
    } else if (named.putIfAbsent(name, type) != null) {
      fault(
          "contract_type_invalid",
          place,
          "There are two types %s; \"enums\", \"input\" and \"types\" share their names."
              .formatted(Quoted.text(name)));
    }
  }

  /// Types that no function uses are looked at, too: what is published never changes.
  private void unused(Members manifest) {
    if (anew && faults.isEmpty()) {
      var types = new ContractTypes(named);
      for (Map.Entry<String, ?> type : manifest.object("types").entrySet()) {
        String place = "types." + type.getKey();
        List<Diagnostic> found = new ArrayList<>();
        types.read(Map.of(), type.getKey(), place, found);
        found.forEach(
            fault ->
                faults.add(
                    fault.at(
                        Location.field(
                            fault.location().describe().replace(place + ".output", place)))));
      }
    }
  }

  private void modules(String plugin, Members manifest) {
    Map<String, ?> modules = manifest.object("modules");
    if (modules.isEmpty()) {
      fault(
          "modules_required",
          "modules",
          "Say which functions the plugin has, for example {\"tax\": {\"rate\": {\"input\": {\"country\": \"string\"}, \"output\": \"float64\"}}}.");
    }
    modules.forEach(
        (module, content) -> {
          if (content instanceof Map<?, ?> raw && !raw.isEmpty()) {
            module(plugin, module, raw, "modules." + module);
          } else {
            fault(
                "module_invalid",
                "modules." + module,
                "A module is an object from the names of its functions to what is said of them.");
          }
        });
    if (functions.size() > MOST_FUNCTIONS) {
      fault(
          "too_many_functions",
          "modules",
          "The plugin has %d functions; at most %d are allowed."
              .formatted(functions.size(), MOST_FUNCTIONS));
    }
  }

  private void module(String plugin, String module, Map<?, ?> raw, String place) {
    Identifier.fault(module, "name of the module", Location.field(place)).ifPresent(faults::add);
    Members.strings(raw)
        .forEach(
            (function, content) -> {
              String here = place + '.' + function;
              Identifier.fault(function, "name of the function", Location.field(here))
                  .ifPresent(faults::add);
              if (content instanceof Map<?, ?> said) {
                function(
                    new FunctionName(plugin, module, function),
                    Members.of(said, here + '.', faults),
                    here);
              } else {
                fault(
                    "function_invalid",
                    here,
                    "What is said of a function is an object, for example {\"input\": {\"country\": \"string\"}, \"output\": \"float64\"}.");
              }
            });
  }

  private void function(FunctionName name, Members said, String place) {
    said.requireKnown(FUNCTION_MEMBERS);
    boolean cacheable = said.flag("cacheable");
    long life = said.number("cache_ttl_sec", LONGEST_LIFE_SEC, 0);
    long timeout = said.number("timeout_ms", LONGEST_TIMEOUT_MS, USUAL_TIMEOUT.toMillis());
    if (cacheable && life == 0) {
      fault(
          "cache_ttl_required",
          place + ".cache_ttl_sec",
          "A function that is cacheable says for how many seconds, for example \"cache_ttl_sec\": 3600.");
    }
    Object output = said.all().get("output");
    if (output == null) {
      fault(
          "type_invalid",
          place + ".output",
          "Say of which type the function's result is, for example \"output\": \"float64\"; \"dyn\" is any.");
      output = "dyn";
    }
    ContractTypes.Read types =
        new ContractTypes(named).read(input(said.all().get("input"), place), output, place, faults);
    if (types == null) {
      return;
    }
    optionalLast(types, place);
    functions.put(
        name,
        new FunctionContract(
            name,
            types.input(),
            types.output(),
            cacheable,
            cacheable ? Duration.ofSeconds(life) : Duration.ZERO,
            Duration.ofMillis(timeout)));
  }

  /// Expressions leave arguments out from the end.
  private void optionalLast(ContractTypes.Read types, String place) {
    boolean optional = false;
    for (Field parameter : types.input().fields().values()) {
      if (optional && !parameter.optional()) {
        fault(
            "contract_order_invalid",
            place + ".input." + parameter.name(),
            "The parameter %s is required and stands behind an optional one; put the required ones first."
                .formatted(Quoted.text(parameter.name())));
        return;
      }
      optional |= parameter.optional();
    }
  }

  private Map<String, ?> input(@Nullable Object input, String place) {
    Object meaning = input instanceof String name ? named.get(name) : input;
    if (meaning instanceof Map<?, ?> fields) {
      return Members.strings(fields);
    }
    if (input != null) {
      fault(
          "contract_input_invalid",
          place + ".input",
          "The input is an object from parameters to types, or the name of one under \"input\" or \"types\".");
    }
    return Map.of();
  }

  private void fault(String code, String place, String message) {
    faults.add(Diagnostic.error(code, Location.field(place), message));
  }
}
