package dev.tenet.bootstrap.cli;

import dev.tenet.bootstrap.config.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/// What `--version` says.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "Tenet " + BuildVersion.text(), "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"
    };
  }
}
