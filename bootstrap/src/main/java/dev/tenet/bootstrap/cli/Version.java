package dev.tenet.bootstrap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version of this build.
final class Version implements IVersionProvider {

  /// {@return the version, such as `0.1.0`}
  static String text() {
    Properties build = new Properties();
    try (InputStream in =
        Version.class.getResourceAsStream("/dev/tenet/bootstrap/build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version", "unknown");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Tenet " + text(), "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"
    };
  }
}
