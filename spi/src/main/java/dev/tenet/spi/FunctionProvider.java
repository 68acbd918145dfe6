package dev.tenet.spi;

import java.util.List;

/// Adds functions to the expressions of all tenants. Has a public constructor without parameters.
public interface FunctionProvider {

  /// {@return a name for messages and logs, such as `geo`}
  String name();

  /// {@return the functions; asked once}
  List<Function> functions();
}
