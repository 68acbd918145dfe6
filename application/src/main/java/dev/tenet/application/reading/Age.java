package dev.tenet.application.reading;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.Tenant;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/// Where something stands in a list by the time of creation, whether it is still there or not.
public record Age(Instant createdAt, UUID id) implements Comparable<Age> {

  private static final Comparator<UUID> UNSIGNED =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);
  private static final Comparator<Age> OLDER_FIRST =
      Comparator.comparing(Age::createdAt).thenComparing(Age::id, UNSIGNED);

  /// {@return the age of the tenant}
  public static Age of(Tenant tenant) {
    return new Age(tenant.createdAt(), tenant.id().value());
  }

  /// {@return the age of the rule}
  public static Age of(Rule rule) {
    return new Age(rule.createdAt(), rule.id().value());
  }

  /// {@return the age of the derived field}
  public static Age of(DerivedField field) {
    return new Age(field.createdAt(), field.id().value());
  }

  /// {@return the age of the key}
  public static Age of(ApiKey key) {
    return new Age(key.createdAt(), key.id().value());
  }

  /// The older is the lesser; of the same moment, the one whose id is the lesser as text.
  @Override
  public int compareTo(Age other) {
    return OLDER_FIRST.compare(this, other);
  }
}
