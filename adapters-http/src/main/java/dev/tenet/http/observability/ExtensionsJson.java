package dev.tenet.http.observability;

import java.util.List;

/// What extensions add to this server.
///
/// @param jars in the order of their names
/// @param faults what is wrong besides with the folder of extensions or with built-in providers
public record ExtensionsJson(List<JarJson> jars, List<String> faults) {

  /// A jar in the folder of extensions.
  ///
  /// @param providers those that are in use; of a jar whose new version cannot be used, those of the version before
  /// @param faults what is wrong with it, as it is in the folder now
  public record JarJson(String jar, List<ProviderJson> providers, List<String> faults) {}

  /// A provider.
  ///
  /// @param kind `functions`, `store`, `decision listener` or `governance listener`
  /// @param name what it calls itself
  /// @param type its class
  /// @param functions those it adds
  public record ProviderJson(String kind, String name, String type, List<FunctionJson> functions) {}

  /// A function.
  ///
  /// @param signature such as `geo.distanceKm(float64, float64): float64`
  /// @param cost of one call, in the units of the rule cost limit
  public record FunctionJson(String name, String signature, long cost) {}
}
