package dev.tenet.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.domain.tenant.TenantId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;

/// Chooses one of several names for a tenant: always the same one of the same names, each equally often, and with one more
/// name only the tenants that get it change. (Thaler and Ravishankar, "Using name-based mappings to increase hit rates",
/// 1998.)
///
/// The weight of a name is the first eight bytes, as an unsigned number, of the SHA-256 of `<tenant id>:<name>`, where the
/// id is written in lower case. The heaviest name is chosen, of two equally heavy ones the one that comes first.
final class RendezvousHash {

  private RendezvousHash() {}

  /// {@return the name for the tenant}
  ///
  /// @param names at least one
  static String choose(TenantId tenant, Collection<String> names) {
    return names.stream()
        .sorted(Comparator.reverseOrder())
        .max((a, b) -> Long.compareUnsigned(weight(tenant, a), weight(tenant, b)))
        .orElseThrow();
  }

  private static long weight(TenantId tenant, String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest((tenant + ":" + name).getBytes(UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
