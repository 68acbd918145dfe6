package dev.tenet.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.evaluation.EvaluateFacts.Outcome;
import dev.tenet.application.evaluation.EvaluateFacts.Wanted;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.rule.ListRules;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.bootstrap.bundle.BundleLoader;
import dev.tenet.bootstrap.bundle.BundleReader;
import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.extension.ExtensionFolder;
import dev.tenet.bootstrap.extension.JarBuilder;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.telemetry.Telemetry;
import dev.tenet.bootstrap.telemetry.TestTelemetry;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.usecase.UseCases;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.FunctionProvider;
import dev.tenet.spi.GovernanceListener;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Jars that come, change and go while a server works.
@Timeout(600)
class ExtensionReloadTest {

  private static final String BUNDLE =
      """
      name: shop
      schema:
        Order: { Total: int }
      derived:
        - name: more
          expression: acme.add(Order.Total)
      rules:
        - name: grown
          expression: more > 0
          then: { by: "more" }
        - name: plain
          expression: Order.Total >= 0
      """;

  private static final Map<String, ?> FACTS = Map.of("Order", Map.of("Total", 0L));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CALLERS = 3;
  private static final int ALLOWED_THREADS = 8;
  private static final int ALLOWED_FILES = 8;

  @TempDir private Path temporary = Path.of("");
  private Path jars = Path.of("");
  private final Telemetry telemetry = TestTelemetry.create();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void createFolder() throws IOException {
    jars = Files.createDirectory(temporary.resolve("extensions"));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    telemetry.close();
  }

  /// A server without HTTP, whose folder is looked at when the test says so.
  private record Served(
      ExtensionFolder folder, ExtensionWatch watch, TenetComponent component, TenantId tenant) {

    void look() {
      watch.look();
      watch.look();
    }

    UseCases useCases() {
      return component.useCases();
    }
  }

  private Served serve(InMemoryTenantStore store) {
    var component = TenetComponent.of(Parts.of(OpenStore.of(store)));
    opened.add(component.decisionBuffer());
    var folder = ExtensionFolder.open(Optional.of(jars), component.compiler()::requireFit);
    opened.add(folder);
    component.compiler().functions(folder.present().parts().functions());
    var watch = new ExtensionWatch(folder, component, telemetry, "inmemory");
    return new Served(folder, watch, component, tenant(store, component));
  }

  private static TenantId tenant(InMemoryTenantStore store, TenetComponent component) {
    List<TenantId> known =
        store.tenants(TenantFilter.ALL, new PageRequest<>(10, Optional.empty())).items().stream()
            .map(tenant -> tenant.id())
            .toList();
    if (!known.isEmpty()) {
      return known.getFirst();
    }
    if (BundleReader.read(BUNDLE) instanceof BundleReader.Reading.Valid(var bundle)
        && BundleLoader.load(bundle, component.useCases())
            instanceof BundleLoader.Result.Loaded(var id, _)) {
      return id;
    }
    throw new AssertionError("the bundle is refused");
  }

  private Path made(String name, int number) throws IOException {
    return new JarBuilder(temporary.resolve(name), temporary)
        .source(
            "acme.P",
            """
            package acme;
            import dev.tenet.domain.schema.FieldType.Scalar;
            import dev.tenet.spi.*;
            import java.util.List;
            public final class P implements FunctionProvider {
              public String name() { return "acme"; }
              public List<Function> functions() {
                return List.of(
                    new Function("acme.add", List.of(Scalar.INT), Scalar.INT, 1,
                        arguments -> (Long) arguments.get(0) + %d));
              }
            }
            """
                .formatted(number))
        .source(
            "acme.L",
            """
            package acme;
            import dev.tenet.domain.evaluation.Decision;
            import dev.tenet.domain.evaluation.Facts;
            import dev.tenet.domain.tenant.TenantId;
            import java.util.concurrent.atomic.LongAdder;
            public final class L implements dev.tenet.spi.DecisionListener, dev.tenet.spi.GovernanceListener {
              private final LongAdder decisions = new LongAdder();
              public String name() { return "acme"; }
              public void decided(TenantId tenant, Facts facts, Decision decision) {
                decisions.increment();
              }
            }
            """)
        .service(FunctionProvider.class.getName(), "acme.P")
        .service(DecisionListener.class.getName(), "acme.L")
        .service(GovernanceListener.class.getName(), "acme.L")
        .build();
  }

  private static RuleOutcome decided(Served served) {
    if (served
                .useCases()
                .evaluation()
                .evaluate()
                .open(served.tenant(), Wanted.PRESENT, Requester.UNKNOWN)
            instanceof EvaluateFacts.Result.Opened(var evaluation)
        && evaluation.evaluate(FACTS, Location.root(), Selection.ALL)
            instanceof Outcome.Decided(var decision)) {
      return decision.outcomes().getFirst();
    }
    throw new AssertionError("nothing was decided");
  }

  private static List<Rule> rules(Served served) {
    var all =
        new ListRules.Filter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    if (served
            .useCases()
            .rules()
            .list()
            .list(served.tenant(), all, new PageRequest<>(10, Optional.empty()))
        instanceof ReadResult.Found<Page<Rule, Age>>(var page, _)) {
      return page.items();
    }
    throw new AssertionError("there is no such tenant");
  }

  private static List<DerivedField> derivedFields(Served served) {
    if (served
            .useCases()
            .derivedFields()
            .list()
            .list(served.tenant(), new PageRequest<>(10, Optional.empty()))
        instanceof ReadResult.Found<Page<DerivedField, Age>>(var page, _)) {
      return page.items();
    }
    throw new AssertionError("there is no such tenant");
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come about");
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void rulesFollowTheJars() throws IOException {
    Files.copy(made("a.jar", 1), jars.resolve("a.jar"));
    var store = new InMemoryTenantStore();
    Served served = serve(store);
    assertThat(decided(served).outputs()).containsEntry("by", 1L);

    Files.copy(made("b.jar", 2), jars.resolve("b.jar"));
    Files.move(jars.resolve("b.jar"), jars.resolve("a.jar"), StandardCopyOption.REPLACE_EXISTING);
    served.look();
    await(() -> Long.valueOf(2).equals(decided(served).outputs().get("by")));

    Files.delete(jars.resolve("a.jar"));
    served.look();
    await(() -> decided(served).ruleName().equals("plain"));
    assertInactive(served);
    assertInactive(serve(store));

    Files.copy(made("c.jar", 3), jars.resolve("c.jar"));
    served.look();
    await(() -> Long.valueOf(3).equals(decided(served).outputs().get("by")));
    assertThat(rules(served)).allMatch(Rule::active);
    assertThat(derivedFields(served)).allMatch(field -> field.faults().isEmpty());
    assertThat(store.revision(served.tenant())).hasValue(5);
  }

  private static void assertInactive(Served served) {
    assertThat(rules(served)).extracting(Rule::active).containsExactly(true, false);
    assertThat(rules(served).get(1).faults())
        .extracting(Diagnostic::code)
        .containsOnly("derived_field_broken");
    assertThat(derivedFields(served).getFirst().faults())
        .extracting(Diagnostic::message)
        .containsExactly("There is no function \"acme.add\".");
  }

  @Test
  void fiftyReloadsLeaveNothingBehindAndFailNoCall() throws Exception {
    reload(50);
  }

  @Test
  @Tag("slow")
  void aThousandReloadsLeaveNothingBehindAndFailNoCall() throws Exception {
    reload(1_000);
  }

  private void reload(int times) throws Exception {
    List<byte[]> versions =
        List.of(Files.readAllBytes(made("a.jar", 1)), Files.readAllBytes(made("b.jar", 2)));
    Path jar = jars.resolve("acme.jar");
    Files.write(jar, versions.getFirst());
    Served served = serve(new InMemoryTenantStore());
    put(jar, versions.getLast(), 0);
    served.look();
    decided(served);
    int threads = threads();
    long files = files();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    var done = new AtomicBoolean();
    try (var executor = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Long>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calls.add(executor.submit(() -> callUntil(done, served)));
      }
      try {
        for (int i = 1; i <= times; i++) {
          loaders.add(loader(served));
          put(jar, versions.get(i % 2), i);
          served.look();
          assertThat(loader(served).get()).isNotSameAs(loaders.getLast().get());
        }
      } finally {
        done.set(true);
      }
      for (Future<Long> call : calls) {
        assertThat(result(call)).isPositive();
      }
    }

    assertThat(served.folder().present().faults()).isEmpty();
    await(() -> isFree(loaders));
    await(() -> files() <= files + ALLOWED_FILES);
    await(() -> threads() <= threads + ALLOWED_THREADS);
  }

  private static boolean isFree(List<WeakReference<ClassLoader>> loaders) {
    System.gc();
    return loaders.stream().allMatch(loader -> loader.get() == null);
  }

  private static long result(Future<Long> call) throws InterruptedException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a call failed", e.getCause());
    }
  }

  /// {@return how many decisions were made, each of them with one of the versions}
  private static long callUntil(AtomicBoolean done, Served served) {
    long calls = 0;
    while (!done.get()) {
      RuleOutcome outcome = decided(served);
      assertThat(outcome.fault()).isNull();
      assertThat(outcome.outputs().get("by")).isIn(1L, 2L);
      calls++;
    }
    return calls;
  }

  /// Overwrites the jar in place.
  private static void put(Path jar, byte[] version, int number) throws IOException {
    Files.write(jar, version);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH.plusSeconds(1 + number)));
  }

  private static WeakReference<ClassLoader> loader(Served served) {
    return served.folder().present().parts().functions().stream()
        .filter(function -> function.name().equals("acme.add"))
        .map(function -> function.body().getClass().getClassLoader())
        .findFirst()
        .map(WeakReference::new)
        .orElseThrow();
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long files() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void aRunningServerTakesAJarAndTellsOfIt() throws Exception {
    var configuration =
        ConfigurationReader.read(
            Map.of(
                Setting.HOST, "127.0.0.1",
                Setting.PORT, "0",
                Setting.STORE, "inmemory",
                Setting.EXTENSIONS, jars.toString()),
            Map.of());
    try (TenetServer server = TenetServer.start(configuration)) {
      var client = new Client(URI.create(server.url()));
      String list = "/api/v1/admin/extensions";
      assertThat(client.get(list).expect(200).list("jars")).isEmpty();

      Files.copy(made("a.jar", 1), jars.resolve("a.jar"));

      await(() -> !client.get(list).expect(200).list("jars").isEmpty());
      assertThat(client.get(list).text("jars.0.providers.0.functions.0.signature"))
          .isEqualTo("acme.add(int): int");
    }
  }
}
