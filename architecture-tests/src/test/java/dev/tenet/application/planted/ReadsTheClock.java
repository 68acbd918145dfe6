package dev.tenet.application.planted;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// Breaks rule 10 in eight ways.
final class ReadsTheClock {
  private final Random random = new Random();
  private final Clock clock = Clock.systemUTC();
  private final Supplier<UUID> ids = UUID::randomUUID;

  Object now() {
    return Instant.now();
  }

  Object today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  long millis() {
    return System.currentTimeMillis();
  }

  Object chance() {
    return ids.get() + " " + random + clock + ThreadLocalRandom.current().nextInt() + Math.random();
  }
}
