package dev.tenet.application.plugin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenet.application.plugin.PluginCatalogue.Added;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every catalogue of plugins promises. A catalogue's own test extends this class.
public abstract class PluginCatalogueContract {

  private static final TenantId ACME = new TenantId(new UUID(1, 1));
  private static final int MOST = 100;

  private @Nullable PluginCatalogue opened;

  /// {@return a catalogue without releases}
  protected abstract PluginCatalogue open();

  @BeforeEach
  final void openCatalogue() {
    opened = open();
  }

  private PluginCatalogue catalogue() {
    return requireNonNull(opened);
  }

  private static PluginRelease release(String name, String version, int second) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("zulu", List.of(1L, "two"));
    manifest.put("alpha", Map.of("nul\u0000", true));
    return new PluginRelease(
        name,
        version,
        manifest,
        Sha256.of(name + version),
        17,
        Instant.ofEpochSecond(second),
        "key \"x\"",
        second % 2 == 0 ? Optional.of("vendor") : Optional.empty());
  }

  @Test
  void givesBackWhatWasPublished() {
    PluginRelease release = release("pricing", "1.0.0", 2);
    assertThat(catalogue().add(TenantId.PLATFORM, release, MOST)).isEqualTo(Added.ADDED);

    assertThat(catalogue().find(TenantId.PLATFORM, "pricing", "1.0.0")).contains(release);
    assertThat(catalogue().releases(TenantId.PLATFORM, "pricing").getFirst().manifest().keySet())
        .containsExactly("zulu", "alpha");
    assertThat(catalogue().artefacts()).containsExactly(release.artefact());
  }

  @Test
  void whatIsPublishedNeverChanges() {
    PluginRelease release = release("pricing", "1.0.0", 1);
    catalogue().add(TenantId.PLATFORM, release, MOST);

    assertThat(catalogue().add(TenantId.PLATFORM, release("pricing", "1.0.0", 9), MOST))
        .isEqualTo(Added.VERSION_TAKEN);
    assertThat(catalogue().find(TenantId.PLATFORM, "pricing", "1.0.0")).contains(release);
  }

  @Test
  void theNewestComesFirst() {
    catalogue().add(TenantId.PLATFORM, release("b", "1.0.0", 1), MOST);
    catalogue().add(TenantId.PLATFORM, release("b", "1.1.0", 2), MOST);
    catalogue().add(TenantId.PLATFORM, release("a", "3.0.0", 1), MOST);

    assertThat(catalogue().releases(TenantId.PLATFORM, "b"))
        .extracting(PluginRelease::version)
        .containsExactly("1.1.0", "1.0.0");
    assertThat(catalogue().newest(TenantId.PLATFORM))
        .extracting(PluginRelease::name, PluginRelease::version)
        .containsExactly(tuple("a", "3.0.0"), tuple("b", "1.1.0"));
  }

  @Test
  void ownersAreApart() {
    catalogue().add(TenantId.PLATFORM, release("script.x", "1", 1), MOST);
    catalogue().add(ACME, release("script.y", "1", 1), MOST);

    assertThat(catalogue().find(ACME, "script.x", "1")).isEmpty();
    assertThat(catalogue().releases(ACME, "script.x")).isEmpty();
    assertThat(catalogue().newest(ACME)).hasSize(1);
    catalogue().removeAll(ACME);
    assertThat(catalogue().newest(ACME)).isEmpty();
    assertThat(catalogue().newest(TenantId.PLATFORM)).hasSize(1);
  }

  @Test
  void ofThoseThatPublishAtOnceAsManyComeThroughAsThereMayBe() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Added>> publications =
          IntStream.range(0, 20)
              .<Callable<Added>>mapToObj(
                  n -> () -> catalogue().add(ACME, release("script.x", "" + n % 10, n), 5))
              .toList();
      int added = 0;
      for (Future<Added> future : threads.invokeAll(publications)) {
        added += future.get() == Added.ADDED ? 1 : 0;
      }
      assertThat(added).isEqualTo(5);
      assertThat(catalogue().releases(ACME, "script.x")).hasSize(5);
    }
  }
}
