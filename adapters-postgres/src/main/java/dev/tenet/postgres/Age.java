package dev.tenet.postgres;

import dev.tenet.domain.identity.Uuids;
import dev.tenet.domain.tenant.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// Where a tenant stands in the list of all tenants, which goes from the newest to the oldest.
record Age(Instant createdAt, UUID tenant) {

  /// Newer than every tenant.
  static final Age NEWEST = new Age(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

  static Age of(Tenant tenant) {
    return new Age(tenant.createdAt(), tenant.id().value());
  }

  /// {@return the place that [#token()] spells, or empty when it spells none}
  static Optional<Age> parse(String token) {
    int end = token.indexOf('.');
    try {
      long micros = Long.parseLong(token.substring(0, Math.max(0, end)));
      return Uuids.parse(token.substring(end + 1))
          .map(id -> new Age(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), id));
    } catch (NumberFormatException notOurs) {
      return Optional.empty();
    }
  }

  /// {@return the place as a page token}
  String token() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, createdAt) + "." + tenant;
  }
}
