package dev.tenet.bootstrap.bundle;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.bootstrap.yaml.YamlFault;
import dev.tenet.bootstrap.yaml.YamlFault.Place;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.derived.DependencyOrder;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.usecase.UseCases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes a tenant of a bundle, by the same use cases as the HTTP interface.
public final class BundleLoader {

  private static final String ACTOR = "bundle";

  /// What loading a bundle gives.
  public sealed interface Result {
    /// The tenant is there with all that the bundle describes.
    ///
    /// @param warnings what is right and probably not meant
    record Loaded(TenantId tenant, List<YamlFault> warnings) implements Result {
      public Loaded {
        warnings = List.copyOf(warnings);
      }
    }

    /// Something in the bundle was refused.
    record Refused(List<YamlFault> faults) implements Result {
      public Refused {
        faults = List.copyOf(faults);
      }
    }
  }

  private final UseCases useCases;
  private final List<YamlFault> faults = new ArrayList<>();
  private final List<YamlFault> warnings = new ArrayList<>();

  private BundleLoader(UseCases useCases) {
    this.useCases = useCases;
  }

  /// Creates the tenant and adds all that the bundle describes; after a fault the tenant may be there in part.
  public static Result load(Bundle bundle, UseCases useCases) {
    BundleLoader loader = new BundleLoader(useCases);
    Optional<TenantId> tenant = loader.tenant(bundle);
    tenant.ifPresent(id -> loader.define(bundle, request(id)));
    return tenant.isPresent() && loader.faults.isEmpty()
        ? new Result.Loaded(tenant.get(), loader.warnings)
        : new Result.Refused(loader.faults);
  }

  private static ChangeRequest request(TenantId tenant) {
    return new ChangeRequest(tenant, OptionalLong.empty(), false, Optional.empty(), ACTOR);
  }

  private Optional<TenantId> tenant(Bundle bundle) {
    var result =
        useCases
            .tenants()
            .create()
            .create(
                bundle.name(), Optional.empty(), false, Optional.empty(), ACTOR, Optional.empty());
    if (result instanceof ChangeResult.Accepted<?>(var tenant, _, _, _, _)
        && tenant instanceof Tenant created) {
      return Optional.of(created.id());
    }
    rejection(result)
        .ifPresent(refused -> faults.add(YamlFault.at(Place.START, refused.message())));
    return Optional.empty();
  }

  private void define(Bundle bundle, ChangeRequest request) {
    var schema =
        useCases
            .schemas()
            .define()
            .define(request, bundle.schema(), Command.DefineSchema.Precondition.FIRST, true);
    Optional<Rejection> refused = rejection(schema);
    if (refused.isPresent()) {
      schemaFaults(bundle, refused.get());
      return;
    }
    Set<String> broken = derivedFields(bundle, request);
    bundle.rules().forEach(rule -> rule(rule, broken, request));
  }

  private static Optional<Rejection> rejection(ChangeResult<?> result) {
    return switch (result) {
      case ChangeResult.Accepted<?> accepted -> Optional.empty();
      case ChangeResult.Rejected<?>(var rejection) -> Optional.of(rejection);
      default -> throw new IllegalStateException("a tenant that nobody else knows: " + result);
    };
  }

  private void schemaFaults(Bundle bundle, Rejection rejection) {
    for (Diagnostic diagnostic : rejection.diagnostics()) {
      String path = diagnostic.location() instanceof Location.Field(var name) ? name : "";
      faults.add(YamlFault.at(schemaPlace(bundle, path), diagnostic.sentence()));
    }
    if (rejection.diagnostics().isEmpty()) {
      faults.add(YamlFault.at(schemaPlace(bundle, ""), rejection.message()));
    }
  }

  private static Place schemaPlace(Bundle bundle, String path) {
    String known = path;
    while (!known.isEmpty() && !bundle.schemaPlaces().containsKey(known)) {
      known = known.substring(0, Math.max(0, known.lastIndexOf('.')));
    }
    return bundle.schemaPlaces().getOrDefault(known, Place.START);
  }

  /// A field that uses a later one is refused at first and accepted on a later round.
  private Set<String> derivedFields(Bundle bundle, ChangeRequest request) {
    List<Bundle.DerivedField> waiting = new ArrayList<>(bundle.derivedFields());
    Map<Bundle.DerivedField, Rejection> refused = new LinkedHashMap<>();
    boolean progress = true;
    while (progress && !waiting.isEmpty()) {
      refused.clear();
      for (Bundle.DerivedField field : waiting) {
        rejection(
                useCases
                    .derivedFields()
                    .define()
                    .define(request, field.name(), field.expression(), field.description()))
            .ifPresent(rejection -> refused.put(field, rejection));
      }
      progress = refused.size() < waiting.size();
      waiting = new ArrayList<>(refused.keySet());
    }
    derivedFaults(refused);
    return refused.keySet().stream().map(Bundle.DerivedField::name).collect(Collectors.toSet());
  }

  private void derivedFaults(Map<Bundle.DerivedField, Rejection> refused) {
    Set<String> names =
        refused.keySet().stream().map(Bundle.DerivedField::name).collect(Collectors.toSet());
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    refused.keySet().forEach(field -> uses.put(field.name(), mentioned(field.expression(), names)));
    List<List<String>> cycles = DependencyOrder.of(uses).cycles();
    refused.forEach(
        (field, rejection) -> {
          String what = "derived field " + Quoted.text(field.name());
          Optional<List<String>> cycle =
              cycles.stream().filter(path -> path.contains(field.name())).findFirst();
          Set<String> used = uses.getOrDefault(field.name(), Set.of());
          if (cycle.isPresent()) {
            faults.add(
                YamlFault.at(
                    field.place(),
                    "%s: it needs itself: %s.".formatted(what, String.join(" -> ", cycle.get()))));
          } else if (!used.isEmpty()) {
            faults.add(YamlFault.at(field.place(), what + ": " + usesFaulty(used)));
          } else {
            report(what, Map.of("expression", field.expression()), p -> field.place(), rejection);
          }
        });
  }

  private void rule(Bundle.Rule rule, Set<String> broken, ChangeRequest request) {
    var draft = rule.draft();
    Map<String, Expression> expressions = new LinkedHashMap<>();
    expressions.put("expression", draft.expression());
    draft.then().forEach((name, value) -> expressions.put("then." + name, value));
    String what = "rule " + Quoted.text(draft.name());
    Place whole = rule.places().getOrDefault("", Place.START);
    Places places = part -> rule.places().getOrDefault(part, whole);
    ChangeResult<Rule> result = useCases.rules().add().add(request, draft);
    if (result instanceof ChangeResult.Accepted<Rule> accepted) {
      accepted
          .ruleSet()
          .ifPresent(
              ruleSet ->
                  ruleSet.check(draft.expression()).diagnostics().stream()
                      .map(warning -> fault(what, expressions, places, warning))
                      .forEach(warnings::add));
    }
    rejection(result)
        .ifPresent(
            rejection -> {
              Set<String> used = new LinkedHashSet<>();
              expressions.values().forEach(value -> used.addAll(mentioned(value, broken)));
              if (used.isEmpty()) {
                report(what, expressions, places, rejection);
              } else {
                faults.add(YamlFault.at(places.of("expression"), what + ": " + usesFaulty(used)));
              }
            });
  }

  private static String usesFaulty(Set<String> used) {
    return "it uses %s, which has a fault."
        .formatted(used.stream().map(Quoted::text).collect(Collectors.joining(" and ")));
  }

  private static Set<String> mentioned(Expression expression, Set<String> names) {
    return names.stream()
        .filter(
            name ->
                Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "\\b")
                    .matcher(expression.text())
                    .find())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private interface Places {
    Place of(String part);
  }

  private void report(
      String what, Map<String, Expression> expressions, Places places, Rejection rejection) {
    for (Diagnostic diagnostic : rejection.diagnostics()) {
      faults.add(fault(what, expressions, places, diagnostic));
    }
    if (rejection.diagnostics().isEmpty()) {
      faults.add(YamlFault.at(places.of(""), what + ": " + rejection.message()));
    }
  }

  private static YamlFault fault(
      String what, Map<String, Expression> expressions, Places places, Diagnostic diagnostic) {
    String message = what + ": " + diagnostic.sentence();
    return switch (diagnostic.location()) {
      case Location.Span span -> {
        Place place = places.of(span.part()).ofLine(span.line());
        Expression expression = expressions.get(span.part());
        yield new YamlFault(
            place.line(),
            place.column(),
            message,
            expression == null ? List.of() : Excerpt.of(expression, span));
      }
      case Location.Field(var name) -> YamlFault.at(places.of(name), message);
      case Location.Pointer pointer -> YamlFault.at(places.of(""), message);
    };
  }
}
