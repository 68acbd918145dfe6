package dev.tenet.application.plugin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tenet.application.governance.QuotaVerdict;
import dev.tenet.application.plugin.InvocationFault.Kind;
import dev.tenet.application.plugin.InvocationObserver.Invocation;
import dev.tenet.application.plugin.InvocationObserver.Step;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.evaluation.JsonValues;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.InstalledPlugin.HostCapability;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The one way to a function of a plugin, for rules, for HTTP, and for plugins that call one another: may it be called, is there a
/// result that was kept, is it within the tenant's quota, how long may it take, the sandbox, and the figures; in this order. What is
/// denied reaches neither what was kept nor the plugin.
public final class Invocations implements PluginCalls {

  private static final Logger LOG = System.getLogger(Invocations.class.getName());
  private static final int DEEPEST = 8;
  private static final long KEPT_BYTES = 32L << 20;
  private static final int MOST_CONTRACTS = 10_000;

  /// What a result is kept under. The input is in the one form of its types.
  /// @param made what the result may be made of: the plugin, and those that it may call
  private record Question(
      TenantId tenant, FunctionContract function, Set<Part> made, Map<String, ?> input) {}

  /// A plugin in so far as results depend on it.
  private record Part(Sha256 artefact, List<String> granted, Set<HostCapability> host) {
    static Part of(InstalledPlugin plugin) {
      return new Part(plugin.artefact(), plugin.granted(), plugin.host());
    }
  }

  private record Kept(Object result, Duration life) {}

  private final Guests guests;
  private final JsonFormat json;
  private final CallQuota quota;
  private final List<InvocationObserver> observers;
  private final GuestLog log = new GuestLog();
  private final LoadingCache<FunctionContract, ContractValues> contracts =
      Caffeine.newBuilder().maximumSize(MOST_CONTRACTS).build(ContractValues::new);
  private final Cache<Question, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .weigher(Invocations::weight)
          .expireAfter(Expiry.creating((Question question, Kept result) -> result.life()))
          .build();

  public Invocations(
      Guests guests,
      JsonFormat json,
      CallQuota quota,
      List<? extends InvocationObserver> observers) {
    this.guests = guests;
    this.json = json;
    this.quota = quota;
    this.observers = List.copyOf(observers);
  }

  private static int weight(Question question, Kept result) {
    long weight = JsonValues.weight(question.input()) + JsonValues.weight(result.result());
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }

  @Override
  public Object call(
      Caller caller, FunctionContract function, Map<String, ?> arguments, long deadline)
      throws InvocationFault {
    return new Chain(caller, List.of()).call(function.name(), arguments, deadline);
  }

  /// Calls a function by its name.
  ///
  /// @return the result as JSON has it
  public @Nullable Object invoke(
      Caller caller, FunctionName function, Map<String, ?> payload, long deadline)
      throws InvocationFault {
    return JsonValues.of(new Chain(caller, List.of()).call(function, payload, deadline));
  }

  /// Calls a function of code that is not kept, so that its author can try it. Nothing is kept of it, and neither metrics nor
  /// the quota count it.
  ///
  /// @param plugin what the code would be installed as
  /// @return the result as JSON has it
  public @Nullable Object tryOut(
      Caller caller,
      InstalledPlugin plugin,
      Guest guest,
      FunctionContract function,
      Map<String, ?> payload,
      long deadline)
      throws InvocationFault {
    var chain = new Chain(caller, List.of(function.name()));
    byte[] input = json.write(input(plugin, function, payload));
    try {
      byte[] output =
          guest.call(
              caller.tenant(),
              function.name().action(),
              input,
              new GuestCall(deadline(function, deadline), chain.host(plugin, deadline)));
      return JsonValues.of(output(plugin, function, output));
    } catch (GuestFault fault) {
      throw InvocationFault.of(fault);
    }
  }

  /// Uses up a call of the tenant's quota.
  void charge(TenantId tenant) throws InvocationFault {
    try {
      QuotaVerdict verdict = quota.consume(tenant);
      if (!verdict.allowed()) {
        throw InvocationFault.quotaExceeded(verdict);
      }
    } catch (StoreUnavailable e) {
      throw InvocationFault.of(
          Kind.BUSY, "plugin_unavailable", "The quota of calls cannot be read just now.");
    }
  }

  private static long deadline(FunctionContract function, long callers) {
    long own = System.nanoTime() + function.timeout().toNanos();
    return own - callers < 0 ? own : callers;
  }

  private Map<String, @Nullable Object> input(
      InstalledPlugin plugin, FunctionContract function, Map<String, ?> payload)
      throws InvocationFault {
    Map<String, @Nullable Object> input = contracts.get(function).input(payload);
    checkNumbers(
        plugin, input, Kind.INVALID_INPUT, "plugin_input_invalid", "The input of", function.name());
    return input;
  }

  private Object output(InstalledPlugin plugin, FunctionContract function, byte[] answer)
      throws InvocationFault {
    Object output = contracts.get(function).output(read(function, answer));
    checkResult(plugin, output, function.name());
    return output;
  }

  private static void checkResult(InstalledPlugin plugin, Object result, FunctionName function)
      throws InvocationFault {
    checkNumbers(plugin, result, Kind.FAILED, "plugin_invalid_output", "The result of", function);
  }

  /// @param plugin who has the value, or is given it
  private static void checkNumbers(
      InstalledPlugin plugin,
      Object value,
      Kind kind,
      String code,
      String what,
      FunctionName function)
      throws InvocationFault {
    if (plugin.isScript()) {
      ScriptNumbers.check(JsonValues.of(value), kind, code, what + ' ' + function);
    }
  }

  private @Nullable Object read(FunctionContract function, byte[] output) throws InvocationFault {
    try {
      return json.read(output);
    } catch (IllegalArgumentException e) {
      throw InvocationFault.of(
          Kind.FAILED,
          "plugin_invalid_output",
          "%s gave no JSON: %s".formatted(function.name(), e.getMessage()));
    }
  }

  /// Calls that led to one another, the first by a rule or a request.
  private final class Chain {

    private final Caller caller;
    private final List<FunctionName> path;

    Chain(Caller caller, List<FunctionName> path) {
      this.caller = caller;
      this.path = path;
    }

    Object call(FunctionName name, Map<String, ?> payload, long deadline) throws InvocationFault {
      long began = System.nanoTime();
      InstalledPlugin plugin = installed(name);
      FunctionContract function = permitted(name, plugin);
      stepped(name, Step.PERMITTED);
      String code = "ok";
      boolean again = false;
      try {
        Map<String, @Nullable Object> input = input(plugin, function, payload);
        Question question =
            function.cacheable()
                ? new Question(caller.tenant(), function, made(plugin), input)
                : null;
        Kept known = question == null ? null : kept.getIfPresent(question);
        if (known != null) {
          again = true;
          return known.result();
        }
        stepped(name, Step.NOT_KEPT);
        charge(caller.tenant());
        stepped(name, Step.CHARGED);
        Object result = output(plugin, function, answer(plugin, function, input, deadline));
        if (question != null) {
          kept.put(question, new Kept(result, function.timeToLive()));
        }
        return result;
      } catch (InvocationFault fault) {
        code = fault.code();
        throw fault;
      } finally {
        ended(
            new Invocation(
                caller.tenant(),
                name,
                plugin.version(),
                code,
                again,
                Duration.ofNanos(System.nanoTime() - began)));
      }
    }

    private Set<Part> made(InstalledPlugin plugin) {
      if (plugin.dependencies().isEmpty()) {
        return Set.of(Part.of(plugin));
      }
      Set<String> names = new HashSet<>();
      reach(plugin, names);
      return names.stream()
          .map(caller.plugins()::get)
          .filter(Objects::nonNull)
          .map(Part::of)
          .collect(Collectors.toUnmodifiableSet());
    }

    private void reach(InstalledPlugin plugin, Set<String> names) {
      if (names.add(plugin.name())) {
        caller.plugins().values().stream()
            .filter(plugin::dependsOn)
            .forEach(other -> reach(other, names));
      }
    }

    private InstalledPlugin installed(FunctionName name) throws InvocationFault {
      String plugin =
          name.plugin().equals(FunctionName.SCRIPTS)
              ? InstalledPlugin.ofScript(name.module())
              : name.plugin();
      InstalledPlugin installed = caller.plugins().get(plugin);
      if (installed == null) {
        throw notFound(name);
      }
      return installed;
    }

    private FunctionContract permitted(FunctionName name, InstalledPlugin plugin)
        throws InvocationFault {
      Optional<FunctionContract> function = plugin.callable(name);
      if (function.isEmpty()) {
        throw notFound(name);
      }
      if (path.contains(name)) {
        List<FunctionName> circle = new ArrayList<>(path);
        circle.add(name);
        throw InvocationFault.of(
            Kind.FAILED,
            "plugin_call_cycle",
            "Functions call one another in a circle: %s.".formatted(words(circle)));
      }
      if (path.size() >= DEEPEST) {
        throw InvocationFault.of(
            Kind.FAILED,
            "plugin_call_too_deep",
            "Functions call one another more than %d deep: %s.".formatted(DEEPEST, words(path)));
      }
      return function.get();
    }

    private static String words(List<FunctionName> path) {
      return String.join(" -> ", path.stream().map(FunctionName::toString).toList());
    }

    private static InvocationFault notFound(FunctionName name) {
      return InvocationFault.of(
          Kind.NOT_FOUND, "function_not_found", "The tenant has no function %s.".formatted(name));
    }

    /// A guest that was let go meanwhile is prepared once more.
    private byte[] answer(
        InstalledPlugin plugin, FunctionContract function, Map<String, ?> input, long deadline)
        throws InvocationFault {
      GuestKind kind = plugin.isScript() ? GuestKind.JAVASCRIPT : GuestKind.WASM;
      byte[] payload = json.write(input);
      try {
        Guest guest = prepared(plugin, kind);
        long until = deadline(function, deadline);
        stepped(function.name(), Step.TIMED);
        var inner = new Chain(caller, plus(path, function.name()));
        var call = new GuestCall(until, inner.host(plugin, until));
        try {
          return answered(guest, function, payload, call);
        } catch (GuestFault fault) {
          if (fault.code() != GuestFault.Code.CLOSED) {
            throw fault;
          }
          guests.drop(plugin.artefact(), kind, guest);
          return answered(prepared(plugin, kind), function, payload, call);
        }
      } catch (GuestFault fault) {
        throw InvocationFault.of(fault);
      }
    }

    private byte[] answered(Guest guest, FunctionContract function, byte[] payload, GuestCall call)
        throws GuestFault {
      byte[] answer = guest.call(caller.tenant(), function.name().action(), payload, call);
      stepped(function.name(), Step.ANSWERED);
      return answer;
    }

    private Guest prepared(InstalledPlugin plugin, GuestKind kind) throws InvocationFault {
      try {
        return guests.of(plugin.artefact(), kind);
      } catch (StoreUnavailable e) {
        throw InvocationFault.of(
            Kind.BUSY,
            "plugin_unavailable",
            "The code of %s cannot be read just now.".formatted(plugin.name()));
      } catch (IllegalStateException e) {
        LOG.log(Level.ERROR, () -> "plugin " + plugin.name() + " cannot be prepared", e);
        throw InvocationFault.of(
            Kind.FAILED, "plugin_broken", "The code of %s cannot be run.".formatted(plugin.name()));
      }
    }

    private static <T> List<T> plus(List<T> list, T element) {
      List<T> longer = new ArrayList<>(list);
      longer.add(element);
      return List.copyOf(longer);
    }

    /// @param plugin who asks the host
    GuestHost host(InstalledPlugin plugin, long deadline) {
      return new GuestHost() {
        @Override
        public byte[] invoke(String function, byte[] payload) throws GuestFault {
          return nested(plugin, function, payload, deadline);
        }

        @Override
        public void log(Level level, String text) {
          if (plugin.host().contains(HostCapability.LOG)) {
            log.write(caller, plugin, level, text);
          }
        }
      };
    }

    private byte[] nested(InstalledPlugin plugin, String text, byte[] payload, long deadline)
        throws GuestFault {
      FunctionName name =
          FunctionName.of(text)
              .filter(plugin::dependsOn)
              .filter(function -> plugin.host().contains(HostCapability.INVOKE))
              .orElseThrow(
                  () ->
                      new GuestFault(
                          GuestFault.Code.DENIED,
                          "%s may not call %s: %s"
                              .formatted(plugin.name(), Quoted.text(text), remedy(plugin, text))));
      try {
        if (!(json.read(payload) instanceof Map<?, ?> arguments)) {
          throw new GuestFault(
              GuestFault.Code.ERROR, "The payload of %s must be an object.".formatted(name));
        }
        Object result = call(name, strings(arguments), deadline);
        checkResult(plugin, result, name);
        return json.write(JsonValues.of(result));
      } catch (InvocationFault | IllegalArgumentException e) {
        throw new GuestFault(GuestFault.Code.ERROR, "%s: %s".formatted(name, e.getMessage()));
      }
    }

    /// What is missing when a guest may not call a function.
    private static String remedy(InstalledPlugin plugin, String text) {
      Optional<FunctionName> name = FunctionName.of(text);
      if (name.isEmpty()) {
        return "a function is called by plugin.module.function, that of a script by script.name.function.";
      }
      String module = name.get().plugin() + '.' + name.get().module();
      if (plugin.isScript()) {
        return "publish it with \"calls\": [\"%s\"].".formatted(module);
      }
      return plugin.dependsOn(name.get())
          ? "the tenant has not granted it the host's \"invoke\"."
          : "its manifest does not name %s under \"dependencies\".".formatted(module);
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    private static Map<String, ?> strings(Map<?, ?> map) {
      return (Map<String, ?>) map;
    }

    private void stepped(FunctionName function, Step step) {
      observers.forEach(observer -> observer.stepped(caller.tenant(), function, step));
    }
  }

  private void ended(Invocation invocation) {
    observers.forEach(observer -> observer.invoked(invocation));
  }
}
