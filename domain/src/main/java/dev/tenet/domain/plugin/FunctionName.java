package dev.tenet.domain.plugin;

import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.schema.Identifier;
import java.util.Optional;

/// The name of a function in a module of a plugin. The scripts of a tenant are modules of the plugin `script`.
public record FunctionName(String plugin, String module, String function)
    implements Comparable<FunctionName> {

  /// The plugin whose modules are a tenant's scripts.
  public static final String SCRIPTS = "script";

  private static final int PARTS = 3;

  /// {@return the name written as `plugin.module.function`, or empty when it is none}
  public static Optional<FunctionName> of(String text) {
    String[] parts = text.split("\\.", PARTS + 1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    for (String part : parts) {
      if (Identifier.fault(part, "name", Location.field(text)).isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.of(new FunctionName(parts[0], parts[1], parts[2]));
  }

  /// {@return how expressions call it: scripts by their name, functions of plugins behind `plugin.`}
  public String inExpressions() {
    return plugin.equals(SCRIPTS) ? toString() : "plugin." + this;
  }

  /// {@return what the plugin's code calls it; the code of a script is a module}
  public String action() {
    return plugin.equals(SCRIPTS) ? function : module + '.' + function;
  }

  @Override
  public int compareTo(FunctionName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return plugin + '.' + module + '.' + function;
  }
}
