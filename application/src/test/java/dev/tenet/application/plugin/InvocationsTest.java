package dev.tenet.application.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.governance.QuotaVerdict;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.InstalledPlugin.HostCapability;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.FieldType.Scalar;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The order of an invocation's steps, and what becomes of one that fails.
class InvocationsTest {

  private static final TenantId ACME = new TenantId(new UUID(1, 1));
  private static final TenantId OTHER = new TenantId(new UUID(2, 2));
  private static final FunctionName RATE = new FunctionName("pricing", "tax", "rate");
  private static final FunctionName TOTAL = new FunctionName("orders", "sum", "total");
  private final long never = System.nanoTime() + Duration.ofDays(1).toNanos();

  /// What a guest does.
  @FunctionalInterface
  private interface Behaviour {
    String call(String action, String payload, GuestCall call) throws GuestFault;
  }

  private final List<String> seen = new ArrayList<>();
  private QuotaVerdict acmesQuota = QuotaVerdict.FREE;
  private final Map<String, Behaviour> behaviours = new HashMap<>();
  private final Invocations invocations =
      new Invocations(
          new Guests(new Codes(), new Sandbox(), GuestLimits.USUAL),
          new Numbers(),
          tenant -> tenant.equals(ACME) ? acmesQuota : QuotaVerdict.FREE,
          List.of(new Watching()));

  /// Code is its own name.
  private static final class Codes implements ArtefactStore {
    @Override
    public Sha256 keep(byte[] code) {
      return Sha256.of(code);
    }

    @Override
    public Optional<byte[]> find(Sha256 artefact) {
      return Optional.of(artefact.hex().getBytes(UTF_8));
    }

    @Override
    public int removeUnused(Set<Sha256> used, Instant before) {
      return 0;
    }
  }

  private final class Sandbox implements GuestRuntime {
    @Override
    public Guest prepare(GuestKind kind, byte[] code, GuestLimits limits) {
      seen.add("prepared");
      return new Guest() {
        @Override
        public byte[] call(TenantId tenant, String action, byte[] payload, GuestCall call)
            throws GuestFault {
          seen.add("called " + action);
          return behaviours
              .getOrDefault(action, (name, input, from) -> "0.2")
              .call(action, new String(payload, UTF_8), call)
              .getBytes(UTF_8);
        }

        @Override
        public boolean answers(String action) {
          return true;
        }

        @Override
        public long memory() {
          return 0;
        }

        @Override
        public void close() {
          seen.add("closed");
        }
      };
    }

    @Override
    public Load load() {
      return new Load(0, 0);
    }

    @Override
    public void close() {}
  }

  /// A format in which a value is a number, or the text of a map.
  private static final class Numbers implements JsonFormat {
    @Override
    public byte[] write(@Nullable Object value) {
      return String.valueOf(value).getBytes(UTF_8);
    }

    @Override
    public @Nullable Object read(byte[] json) {
      String text = new String(json, UTF_8);
      return text.startsWith("{") ? Map.of() : Double.valueOf(text);
    }
  }

  private final class Watching implements InvocationObserver {
    @Override
    public void stepped(TenantId tenant, FunctionName function, Step step) {
      seen.add(step.toString());
    }

    @Override
    public void invoked(Invocation invocation) {
      seen.add("metered " + invocation.code() + (invocation.kept() ? " kept" : ""));
    }
  }

  private static FunctionContract contract(FunctionName name, boolean cacheable) {
    return new FunctionContract(
        name,
        new FieldType.ObjectOf(
            Map.of("country", new Field("country", Scalar.STRING, true, "", false))),
        Scalar.FLOAT64,
        cacheable,
        cacheable ? Duration.ofHours(1) : Duration.ZERO,
        Duration.ofMillis(50));
  }

  private static InstalledPlugin plugin(
      FunctionName function, String version, boolean cacheable, String... dependencies) {
    return new InstalledPlugin(
        function.plugin(),
        version,
        Sha256.of(function.plugin() + version),
        List.of(contract(function, cacheable)),
        List.of(dependencies),
        List.of(),
        Set.of(HostCapability.INVOKE),
        null);
  }

  private static PluginCalls.Caller caller(TenantId tenant, InstalledPlugin... plugins) {
    Map<String, InstalledPlugin> byName = new HashMap<>();
    for (InstalledPlugin plugin : plugins) {
      byName.put(plugin.name(), plugin);
    }
    return new PluginCalls.Caller(tenant, byName, false);
  }

  private @Nullable Object invoke(PluginCalls.Caller caller, FunctionName name, String country)
      throws InvocationFault {
    return invocations.invoke(caller, name, Map.of("country", country), never);
  }

  private List<String> taken() {
    List<String> steps = List.copyOf(seen);
    seen.clear();
    return steps;
  }

  @Test
  void theStepsComeInTheirOrder() throws Exception {
    PluginCalls.Caller acme = caller(ACME, plugin(RATE, "1.0.0", true));

    assertThat(invoke(acme, RATE, "NL")).isEqualTo(0.2);
    assertThat(taken())
        .containsExactly(
            "PERMITTED",
            "NOT_KEPT",
            "CHARGED",
            "prepared",
            "TIMED",
            "called tax.rate",
            "ANSWERED",
            "metered ok");
    assertThat(invoke(acme, RATE, "NL")).isEqualTo(0.2);
    assertThat(taken()).containsExactly("PERMITTED", "metered ok kept");
  }

  @Test
  void whatRunsIsWithinTheQuotaAndWhatWasKeptIsFree() throws Exception {
    PluginCalls.Caller acme = caller(ACME, plugin(RATE, "1.0.0", true));
    invoke(acme, RATE, "NL");
    taken();
    acmesQuota =
        new QuotaVerdict(
            Optional.of(QuotaLimit.PLUGIN_CALLS_PER_DAY),
            QuotaVerdict.UNLIMITED,
            QuotaVerdict.UNLIMITED,
            Duration.ofHours(1),
            Instant.EPOCH);
    assertThat(invoke(acme, RATE, "NL")).isEqualTo(0.2);
    assertThatThrownBy(() -> invoke(acme, RATE, "DE"))
        .isInstanceOfSatisfying(
            InvocationFault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo("plugin_quota_exceeded");
              assertThat(fault).hasMessageContaining("pluginCallsPerDay");
              assertThat(fault.retryAfter()).isEqualTo(Duration.ofHours(1));
            });
    assertThat(taken())
        .containsExactly(
            "PERMITTED",
            "metered ok kept",
            "PERMITTED",
            "NOT_KEPT",
            "metered plugin_quota_exceeded");
    assertThat(invoke(caller(OTHER, plugin(RATE, "1.0.0", true)), RATE, "DE")).isEqualTo(0.2);
  }

  @Test
  void whatIsKeptIsOfOneTenantOneVersionAndOneInput() throws Exception {
    invoke(caller(ACME, plugin(RATE, "1.0.0", true)), RATE, "NL");
    taken();
    invoke(caller(OTHER, plugin(RATE, "1.0.0", true)), RATE, "NL");
    assertThat(taken()).contains("called tax.rate");
    invoke(caller(ACME, plugin(RATE, "1.0.1", true)), RATE, "NL");
    assertThat(taken()).contains("called tax.rate");
    invoke(caller(ACME, plugin(RATE, "1.0.0", true)), RATE, "DE");
    assertThat(taken()).contains("called tax.rate");
    invoke(caller(ACME, plugin(RATE, "1.0.0", false)), RATE, "NL");
    assertThat(taken()).contains("called tax.rate");
  }

  @Test
  void aDeniedCallReachesNeitherWhatIsKeptNorThePlugin() throws Exception {
    PluginCalls.Caller acme = caller(ACME, plugin(RATE, "1.0.0", true));
    invoke(acme, RATE, "NL");
    taken();
    var granted =
        new InstalledPlugin(
            "pricing",
            "1.0.0",
            plugin(RATE, "1.0.0", true).artefact(),
            List.of(contract(RATE, true)),
            List.of(),
            List.of("tax.other"),
            Set.of(),
            null);
    for (PluginCalls.Caller denied : List.of(caller(ACME, granted), caller(OTHER))) {
      assertThatThrownBy(() -> invoke(denied, RATE, "NL"))
          .isInstanceOfSatisfying(
              InvocationFault.class,
              fault -> assertThat(fault.code()).isEqualTo("function_not_found"));
    }
    assertThat(taken()).isEmpty();
  }

  @Test
  void errorsAreNotKept() throws Exception {
    PluginCalls.Caller acme = caller(ACME, plugin(RATE, "1.0.0", true));
    behaviours.put(
        "tax.rate",
        (action, payload, call) -> {
          throw new GuestFault(GuestFault.Code.ERROR, "no such country");
        });
    assertThatThrownBy(() -> invoke(acme, RATE, "XX")).hasMessage("no such country");
    behaviours.clear();
    assertThat(invoke(acme, RATE, "XX")).isEqualTo(0.2);
    assertThat(taken()).contains("metered plugin_error", "metered ok");
  }

  @Test
  void inputThatContradictsTheContractDoesNotReachThePlugin() {
    PluginCalls.Caller acme = caller(ACME, plugin(RATE, "1.0.0", true));
    assertThatThrownBy(
            () -> invocations.invoke(acme, RATE, Map.of("country", 7L, "land", "NL"), never))
        .isInstanceOfSatisfying(
            InvocationFault.class,
            fault ->
                assertThat(fault.diagnostics())
                    .extracting(fault1 -> fault1.location().describe())
                    .containsExactlyInAnyOrder("/payload/country", "/payload/land"));
    assertThat(taken()).containsExactly("PERMITTED", "metered plugin_input_invalid");
  }

  @Test
  void whatIsMadeOfOthersIsKeptForTheOthersThatItIsMadeOf() throws Exception {
    behaviours.put(
        "sum.total",
        (action, payload, call) ->
            new String(call.host().invoke("pricing.tax.rate", "{}".getBytes(UTF_8)), UTF_8));
    InstalledPlugin total = plugin(TOTAL, "1.0.0", true, "pricing");
    invoke(caller(ACME, total, plugin(RATE, "1.0.0", false)), TOTAL, "NL");
    taken();
    invoke(caller(ACME, total, plugin(RATE, "1.0.0", false)), TOTAL, "NL");
    assertThat(taken()).containsExactly("PERMITTED", "metered ok kept");
    invoke(caller(ACME, total, plugin(RATE, "1.0.1", false)), TOTAL, "NL");
    assertThat(taken()).contains("NOT_KEPT", "called tax.rate");
  }

  @Test
  void pluginsCallWhatTheyDependOnAndNothingElse() throws Exception {
    behaviours.put(
        "sum.total",
        (action, payload, call) ->
            new String(call.host().invoke("pricing.tax.rate", "{}".getBytes(UTF_8)), UTF_8));
    assertThat(
            invoke(
                caller(
                    ACME,
                    plugin(TOTAL, "1.0.0", false, "pricing.tax"),
                    plugin(RATE, "1.0.0", false)),
                TOTAL,
                "NL"))
        .isEqualTo(0.2);
    assertThatThrownBy(
            () ->
                invoke(
                    caller(ACME, plugin(TOTAL, "1.0.0", false), plugin(RATE, "1.0.0", false)),
                    TOTAL,
                    "NL"))
        .hasMessageContaining(
            "orders may not call \"pricing.tax.rate\": its manifest does not name pricing.tax under \"dependencies\".");
  }

  @Test
  void callsInACircleEnd() {
    behaviours.put(
        "sum.total",
        (action, payload, call) ->
            new String(call.host().invoke("pricing.tax.rate", "{}".getBytes(UTF_8)), UTF_8));
    behaviours.put(
        "tax.rate",
        (action, payload, call) ->
            new String(call.host().invoke("orders.sum.total", "{}".getBytes(UTF_8)), UTF_8));
    assertThatThrownBy(
            () ->
                invoke(
                    caller(
                        ACME,
                        plugin(TOTAL, "1.0.0", false, "pricing"),
                        plugin(RATE, "1.0.0", false, "orders")),
                    TOTAL,
                    "NL"))
        .hasMessageContaining(
            "Functions call one another in a circle: orders.sum.total -> pricing.tax.rate -> orders.sum.total.");
  }

  @Test
  void theDeadlineIsTheEarlierOne() throws Exception {
    List<Long> deadlines = new ArrayList<>();
    behaviours.put(
        "tax.rate",
        (action, payload, call) -> {
          deadlines.add(call.deadline());
          return "1.0";
        });
    long soon = System.nanoTime() + 1;
    invocations.invoke(caller(ACME, plugin(RATE, "1", false)), RATE, Map.of(), soon);
    invocations.invoke(caller(ACME, plugin(RATE, "1", false)), RATE, Map.of(), never);

    assertThat(deadlines.getFirst()).isEqualTo(soon);
    assertThat(deadlines.getLast()).isLessThan(never);
  }
}
