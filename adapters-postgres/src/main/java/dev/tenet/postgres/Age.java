package dev.tenet.postgres;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.identity.Uuids;
import dev.tenet.domain.tenant.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Where a tenant stands in the list of all tenants, which goes from the newest to the oldest.
record Age(Instant createdAt, UUID tenant) implements Comparable<Age> {

  /// Newer than every tenant.
  static final Age NEWEST = new Age(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

  /// The order of PostgreSQL, for which the bytes of a UUID are unsigned.
  private static final Comparator<UUID> UUIDS =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private static final Comparator<Age> OLDEST_FIRST =
      Comparator.comparing(Age::createdAt).thenComparing(Age::tenant, UUIDS);

  @Override
  public int compareTo(Age other) {
    return OLDEST_FIRST.compare(this, other);
  }

  /// Reads tenants of the list.
  interface Reading {
    /// {@return the tenants older than `before`, newest first, as many as there are up to `most`}
    List<Tenant> read(Age before, int most);
  }

  /// {@return a page of the list; empty when the token is none of ours}
  static Page<Tenant> page(PageRequest page, Reading reading) {
    Optional<Age> before = page.token().map(Age::parse).orElse(Optional.of(NEWEST));
    if (before.isEmpty()) {
      return new Page<>(List.of(), Optional.empty());
    }
    List<Tenant> tenants = reading.read(before.get(), page.size() + 1);
    return Pages.of(tenants, page, tenant -> of(tenant).token());
  }

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
