package dev.tenet.bootstrap.telemetry;

import dev.tenet.bootstrap.config.LogFormat;
import dev.tenet.bootstrap.config.LogSettings;
import dev.tenet.bootstrap.config.TelemetrySettings;
import dev.tenet.http.observability.AccessLogging;
import dev.tenet.http.observability.LogLevel;
import java.util.Map;

/// Telemetry of servers that tests start without a configuration.
public final class TestTelemetry {

  private TestTelemetry() {}

  /// {@return telemetry without an access log, which would tell of every request that a test means to fail}
  public static Telemetry create() {
    return Telemetry.of(
        TelemetrySettings.DEFAULT,
        new LogSettings(LogFormat.TEXT, LogLevel.INFO, AccessLogging.OFF, 1),
        Map.of());
  }
}
