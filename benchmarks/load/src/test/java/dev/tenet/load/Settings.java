package dev.tenet.load;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// What the command line says of a run.
///
/// @param seconds how long users come and stay, `-Dtenet.load.seconds=`, 10 unless said
/// @param url the server to load, `-Dtenet.url=`; one is started when it is left out
/// @param store the store of a server that is started, `-Dtenet.load.store=`: `postgres` unless said, or `inmemory`
record Settings(int seconds, Optional<URI> url, String store) {

  private static final int MEASURED_SECONDS = 60;

  static Settings read() {
    return new Settings(
        Integer.getInteger("tenet.load.seconds", 10),
        Optional.ofNullable(System.getProperty("tenet.url")).map(URI::create),
        System.getProperty("tenet.load.store", "postgres"));
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  /// {@return the first tenth, in which users come one after the other}
  Duration coming() {
    return duration().dividedBy(10);
  }

  /// {@return whether the run is long enough to measure anything; a shorter one only tries the scenario}
  boolean measures() {
    return seconds >= MEASURED_SECONDS;
  }

  /// {@return how many of the users come: all of them, or a tenth where nothing is measured}
  int users(int all) {
    return measures() ? all : Math.ceilDiv(all, 10);
  }
}
