package dev.tenet.http.governance;

import dev.tenet.application.governance.GovernanceObserver.Source;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.identity.Refusals;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Call;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the headers that governance looks at.
public final class TenantHeaders {

  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,255}");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");

  /// Which headers say what.
  ///
  /// @param tenant names the tenant; empty when clients may not name one so
  /// @param extractor finds the tenant instead; then no header names it
  /// @param model names the model of a request
  /// @param tool names the tool of a request
  /// @param tokens says how many tokens a request uses
  /// @param mayBeMissing whether a request without a tenant is told what its body lacks, rather than to say who it is
  public record Settings(
      Optional<String> tenant,
      Optional<Extractor> extractor,
      String model,
      String tool,
      String tokens,
      boolean mayBeMissing) {

    /// The headers that are usual.
    public static final Settings USUAL =
        new Settings(
            Optional.of("X-Tenant-ID"),
            Optional.empty(),
            "X-Model",
            "X-Tool",
            "X-Token-Count",
            true);
  }

  /// Finds the tenant in a header.
  ///
  /// @param pattern which matches a part of the header; its first group is the tenant
  public record Extractor(String header, Pattern pattern) {}

  private final Settings settings;
  private final Optional<HeaderName> tenant;
  private final HeaderName model;
  private final HeaderName tool;
  private final HeaderName tokens;

  public TenantHeaders(Settings settings) {
    this.settings = settings;
    tenant = settings.tenant().map(HeaderNames::create);
    model = HeaderNames.create(settings.model());
    tool = HeaderNames.create(settings.tool());
    tokens = HeaderNames.create(settings.tokens());
  }

  /// {@return the tenant that the extractor finds, or a header names}
  Optional<Resolved> tenant(Call call) {
    if (settings.extractor().isPresent()) {
      String found = extract(call, settings.extractor().get()).orElseThrow(this::required);
      return Optional.of(new Resolved(id(found), Source.EXTRACTOR));
    }
    return tenant
        .flatMap(call::header)
        .filter(text -> !text.isEmpty())
        .map(text -> new Resolved(id(text), Source.HEADER));
  }

  private static Optional<String> extract(Call call, Extractor extractor) {
    return call.header(HeaderNames.create(extractor.header()))
        .map(extractor.pattern()::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .filter(text -> !text.isEmpty());
  }

  private static TenantId id(String text) {
    if (!TENANT.matcher(text).matches()) {
      throw new ProblemException(
          Problem.of(
              400,
              "tenant_invalid_id",
              "%s is no id of a tenant: 1 to 255 letters, digits, dots, hyphens and underscores."
                  .formatted(Quoted.text(text))));
    }
    return TenantId.parse(text).orElseThrow(() -> new ProblemException(Problem.notFound("tenant")));
  }

  /// {@return the answer to a request that names no tenant anywhere}
  ProblemException missing() {
    return settings.mayBeMissing()
        ? new ProblemException(Problem.of(400, "tenant_id_required", "tenantId is required"))
        : required();
  }

  /// The header that is looked at is the only remedy: where there is an extractor, nothing else counts.
  private ProblemException required() {
    return Refusals.tenantRequired(
        "The request does not say in which tenant it acts%s."
            .formatted(
                settings
                    .extractor()
                    .map(Extractor::header)
                    .or(settings::tenant)
                    .map("; name it in the header %s"::formatted)
                    .orElse("")));
  }

  /// {@return the model that the request names, or an empty text}
  String model(Call call) {
    return call.header(model).orElse("");
  }

  /// {@return the tool that the request names, or an empty text}
  String tool(Call call) {
    return call.header(tool).orElse("");
  }

  /// {@return how many tokens the request says that it uses, 0 when it says nothing}
  long tokens(Call call) {
    return call.header(tokens).map(TenantHeaders::count).orElse(0L);
  }

  private static long count(String text) {
    String stripped = text.strip();
    if (!COUNT.matcher(stripped).matches()) {
      throw new ProblemException(
          Problem.of(
              400,
              "token_count_invalid",
              "The token count must be a whole number from 0 to 999999999999999, not %s."
                  .formatted(Quoted.text(text))));
    }
    return Long.parseLong(stripped);
  }
}
