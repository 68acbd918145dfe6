package dev.tenet.bootstrap.extension;

import dev.tenet.domain.schema.FieldType;
import dev.tenet.http.observability.ExtensionsJson;
import dev.tenet.spi.Function;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is to be told of a jar in the folder of extensions.
///
/// @param jar the name of its file
/// @param providers those that are in use; of a jar whose new version cannot be used, those of the version before
/// @param faults what is wrong with it, as it is in the folder now
public record JarReport(String jar, List<Provider> providers, List<String> faults) {

  /// What a provider adds.
  public enum Kind {
    FUNCTIONS("functions"),
    STORE("store"),
    DECISION_LISTENER("decision listener"),
    GOVERNANCE_LISTENER("governance listener"),
    CHANGE_LISTENER("change listener");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// {@return the kind in words}
    public String words() {
      return words;
    }
  }

  /// A provider in use.
  ///
  /// @param name what it calls itself
  /// @param type its class
  /// @param functions those it adds
  public record Provider(Kind kind, String name, String type, List<Signature> functions) {
    public Provider {
      functions = List.copyOf(functions);
    }

    private ExtensionsJson.ProviderJson json() {
      return new ExtensionsJson.ProviderJson(
          kind.words(),
          name,
          type,
          functions.stream()
              .map(
                  function ->
                      new ExtensionsJson.FunctionJson(
                          function.name(), function.text(), function.cost()))
              .toList());
    }

    static Provider of(Kind kind, Providers.Named<?> named) {
      return new Provider(kind, named.name(), named.type(), List.of());
    }

    static Provider ofFunctions(Providers.Named<List<Function>> named) {
      return new Provider(
          Kind.FUNCTIONS,
          named.name(),
          named.type(),
          named.provided().stream().map(Signature::of).toList());
    }
  }

  /// How a function is called.
  ///
  /// @param text such as `geo.distanceKm(float64, float64): float64`
  /// @param cost of one call, in the units of the rule cost limit
  public record Signature(String name, String text, long cost) {
    static Signature of(Function function) {
      return new Signature(
          function.name(),
          "%s(%s): %s"
              .formatted(
                  function.name(),
                  function.parameters().stream()
                      .map(FieldType::describe)
                      .collect(Collectors.joining(", ")),
                  function.result().describe()),
          function.cost());
    }
  }

  public JarReport {
    providers = List.copyOf(providers);
    faults = List.copyOf(faults);
  }

  ExtensionsJson.JarJson json() {
    return new ExtensionsJson.JarJson(jar, providers.stream().map(Provider::json).toList(), faults);
  }

  /// {@return the same report with more faults}
  JarReport with(List<String> more) {
    return new JarReport(jar, providers, Stream.concat(faults.stream(), more.stream()).toList());
  }

  /// {@return a line for each fault, with the jar's name}
  public List<String> lines() {
    return faults.stream().map(fault -> "%s: %s".formatted(jar, fault)).toList();
  }
}
