package dev.tenet.domain.plugin;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of a plugin by Semantic Versioning 2.0.0, without pre-releases: another major version may break who calls it.
public record PluginVersion(int major, int minor, int patch) implements Comparable<PluginVersion> {

  private static final Pattern TEXT =
      Pattern.compile("(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})");

  private static final Comparator<PluginVersion> ORDER =
      Comparator.comparingInt(PluginVersion::major)
          .thenComparingInt(PluginVersion::minor)
          .thenComparingInt(PluginVersion::patch);

  /// {@return the version written as `1.0.2`, or empty when it is none}
  public static Optional<PluginVersion> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new PluginVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  @Override
  public int compareTo(PluginVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
