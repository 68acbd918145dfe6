package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RendezvousHashTest {

  private static final List<String> THREE = List.of("main", "eu", "us");

  /// Computed by another program from the description. They must never change: nodes of different versions must agree.
  @ParameterizedTest
  @CsvSource({
    "0197a3c2-5d1e-7b6a-9e37-79b97f4a7c15, us",
    "0197a3c2-5d1e-7b6a-3c6e-f372fe94f82a, eu",
    "0197a3c2-5d1e-7b6a-daa6-6d2c7ddf743f, us",
    "0197a3c2-5d1e-7b6a-78dd-e6e5fd29f054, us",
    "0197a3c2-5d1e-7b6a-1715-609f7c746c69, main",
    "0197a3c2-5d1e-7b6a-b54c-da58fbbee87e, main",
    "0197a3c2-5d1e-7b6a-5384-54127b096493, main",
    "0197a3c2-5d1e-7b6a-f1bb-cdcbfa53e0a8, us",
    "0197a3c2-5d1e-7b6a-8ff3-4785799e5cbd, us",
    "0197a3c2-5d1e-7b6a-2e2a-c13ef8e8d8d2, main",
    "0197a3c2-5d1e-7b6a-cc62-3af8783354e7, us",
    "0197a3c2-5d1e-7b6a-6a99-b4b1f77dd0fc, eu"
  })
  void choosesWhatItAlwaysChose(UUID tenant, String name) {
    assertThat(RendezvousHash.choose(new TenantId(tenant), THREE)).isEqualTo(name);
    assertThat(RendezvousHash.choose(new TenantId(tenant), List.of("us", "main", "eu")))
        .isEqualTo(name);
  }

  @Test
  void choosesEachNameAboutEquallyOften() {
    Map<String, Long> chosen =
        tenants()
            .map(tenant -> RendezvousHash.choose(tenant, THREE))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(chosen.values()).hasSize(3).allSatisfy(n -> assertThat(n).isBetween(900L, 1100L));
  }

  @Test
  void oneMoreNameChangesOnlyTheTenantsThatItGets() {
    assertThat(tenants())
        .allSatisfy(
            tenant ->
                assertThat(RendezvousHash.choose(tenant, List.of("main", "eu", "us", "ap")))
                    .isIn("ap", RendezvousHash.choose(tenant, THREE)));
  }

  private static Stream<TenantId> tenants() {
    return LongStream.range(0, 3000).mapToObj(i -> new TenantId(new UUID(i, -i)));
  }
}
