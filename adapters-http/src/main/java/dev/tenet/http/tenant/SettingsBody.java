package dev.tenet.http.tenant;

import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.governance.PolicyList;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.governance.RateLimit;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what a body changes of a tenant's settings. What it leaves out stays as it is.
final class SettingsBody {

  static final String WINDOW = "window";
  private static final String RATE = "requestsPerSecond";
  private static final String BURST = "burst";
  private static final String RETENTION = "retentionDays";
  private static final String METADATA = "metadata";
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");

  /// With `*` at its end only.
  private static final Pattern PATH = Pattern.compile("/[^*]*\\*?");

  private static final Set<String> QUOTA =
      Stream.concat(Arrays.stream(QuotaLimit.values()).map(QuotaLimit::key), Stream.of(WINDOW))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> POLICY =
      Arrays.stream(PolicyList.values())
          .map(PolicyList::key)
          .collect(Collectors.toUnmodifiableSet());

  private SettingsBody() {}

  static SettingsPatch quota(Call call) {
    JsonBody body = call.json(QUOTA);
    Map<QuotaLimit, Long> limits = new EnumMap<>(QuotaLimit.class);
    for (QuotaLimit limit : QuotaLimit.values()) {
      count(body, limit.key()).ifPresent(most -> limits.put(limit, most));
    }
    Optional<Quota.Kind> kind = constant(body, WINDOW, Quota.Kind.values());
    body.check();
    return new SettingsPatch.QuotaRevision(limits, kind);
  }

  static SettingsPatch rateLimit(Call call) {
    JsonBody body = call.json(Set.of(RATE, BURST));
    long rate = count(body, RATE).orElse(0L);
    long burst = count(body, BURST).orElse(rate);
    if (!body.has(RATE)) {
      report(body, RATE, "requestsPerSecond is required; 0 stands for no limit.");
    }
    if (rate > 0 && burst == 0) {
      report(body, BURST, "burst must be at least 1, or no request would ever pass.");
    }
    if (rate == 0 && burst > 0) {
      report(
          body,
          BURST,
          "burst belongs to a limit; without one, requestsPerSecond 0, it must be 0 or left out.");
    }
    body.check();
    return new SettingsPatch.RateRevision(rate == 0 ? RateLimit.NONE : new RateLimit(rate, burst));
  }

  static SettingsPatch policy(Call call) {
    JsonBody body = call.json(POLICY);
    Map<PolicyList, List<String>> lists = new EnumMap<>(PolicyList.class);
    for (PolicyList list : PolicyList.values()) {
      body.texts(list.key()).ifPresent(allowed -> lists.put(list, allowed));
    }
    checkEntries(
        body,
        PolicyList.METHODS,
        lists,
        METHODS::contains,
        "A method is one of %s, in capitals".formatted(String.join(", ", METHODS)));
    checkEntries(
        body,
        PolicyList.PATHS,
        lists,
        path -> PATH.matcher(path).matches(),
        "A path begins with / and may end with *, which stands for anything");
    body.check();
    return new SettingsPatch.PolicyRevision(lists);
  }

  /// @param form which entries have that can match something
  private static void checkEntries(
      JsonBody body,
      PolicyList list,
      Map<PolicyList, List<String>> lists,
      Predicate<String> canMatch,
      String form) {
    for (String entry : lists.getOrDefault(list, List.of())) {
      if (!canMatch.test(entry)) {
        report(body, list.key(), "%s, not %s.".formatted(form, Quoted.text(entry)));
      }
    }
  }

  static SettingsPatch decisionLog(Call call) {
    JsonBody body = call.json(Set.of("mode", "rate", "delivery", RETENTION));
    Optional<DecisionLogging.Mode> mode = constant(body, "mode", DecisionLogging.Mode.values());
    Optional<Double> rate = body.number("rate");
    if (rate.filter(share -> !(share >= 0 && share <= 1)).isPresent()) {
      report(body, "rate", "rate must be a number from 0 to 1.");
    }
    Optional<DecisionLogging.Delivery> delivery =
        constant(body, "delivery", DecisionLogging.Delivery.values());
    Optional<Long> days = body.integer(RETENTION);
    if (days.filter(count -> count < 1 || count > DecisionLogging.LONGEST_RETENTION).isPresent()) {
      report(
          body,
          RETENTION,
          "retentionDays must be 1 to %d.".formatted(DecisionLogging.LONGEST_RETENTION));
    }
    body.check();
    return new SettingsPatch.DecisionLogRevision(mode, rate, delivery, days.map(Math::toIntExact));
  }

  static SettingsPatch metadata(Call call) {
    JsonBody body = call.json(Set.of(METADATA));
    Optional<Map<String, String>> metadata = body.textByName(METADATA);
    if (!body.has(METADATA)) {
      report(body, METADATA, "metadata is required, an object of strings.");
    }
    body.check();
    return new SettingsPatch.MetadataRevision(metadata.orElse(Map.of()));
  }

  private static Optional<Long> count(JsonBody body, String name) {
    Optional<Long> count = body.integer(name);
    if (count.filter(number -> number < 0).isPresent()) {
      report(body, name, "%s must be 0 (unlimited) or more.".formatted(name));
      return Optional.empty();
    }
    return count;
  }

  private static <E extends Enum<E>> Optional<E> constant(
      JsonBody body, String name, E[] constants) {
    Optional<String> text = body.text(name);
    Optional<E> found =
        text.flatMap(
            spelling ->
                Arrays.stream(constants)
                    .filter(constant -> SettingsJson.spelling(constant).equals(spelling))
                    .findFirst());
    if (text.isPresent() && found.isEmpty()) {
      report(
          body,
          name,
          "%s must be one of %s, not %s."
              .formatted(
                  name,
                  Arrays.stream(constants)
                      .map(SettingsJson::spelling)
                      .collect(Collectors.joining(", ")),
                  Quoted.text(text.get())));
    }
    return found;
  }

  private static void report(JsonBody body, String name, String message) {
    body.report("setting_invalid", name, message, null);
  }
}
