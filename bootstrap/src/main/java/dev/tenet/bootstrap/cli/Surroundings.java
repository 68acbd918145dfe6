package dev.tenet.bootstrap.cli;

import java.io.InputStream;
import java.util.Map;

/// What a command finds around it.
///
/// @param environment the environment variables
/// @param in the standard input
public record Surroundings(Map<String, String> environment, InputStream in) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }
}
