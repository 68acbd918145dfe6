package dev.tenet.domain.change;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Names;
import dev.tenet.domain.diagnostic.Printable;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.PluginDependencies;
import dev.tenet.domain.schema.Identifier;
import dev.tenet.domain.tenant.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/// Collects all faults of a command's input.
final class Faults {

  private static final int LONGEST_DESCRIPTION = 4_000;
  private static final int LONGEST_TAG = 100;
  private static final int MOST_TAGS = 50;
  private static final int MOST_OUTPUTS = 50;
  private static final int LONGEST_ENTRY = 255;
  private static final int MOST_ENTRIES = 1_000;
  private static final int MOST_PLUGINS = 100;

  private final Limits limits;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  Faults(Limits limits) {
    this.limits = limits;
  }

  Decider.Decision or(Supplier<Decider.Decision> decision) {
    return diagnostics.isEmpty()
        ? decision.get()
        : new Decider.Decision.Rejected(Rejection.invalid(diagnostics));
  }

  void name(String field, String name) {
    Names.fault(field, name).ifPresent(diagnostics::add);
  }

  void identifier(String field, String name) {
    if (name.isEmpty()) {
      report("name_required", field, "The %s is required.".formatted(field));
    } else {
      Identifier.fault(name, field, Location.field(field)).ifPresent(diagnostics::add);
    }
  }

  void expression(String field, Expression expression) {
    int length = expression.text().length();
    if (expression.text().isBlank()) {
      report(
          "expression_required",
          field,
          "The expression is required, for example \"User.Age >= 18\".");
    } else if (length > limits.expressionLength()) {
      report(
          "expression_too_long",
          field,
          "The expression has %d characters; at most %d are allowed."
              .formatted(length, limits.expressionLength()));
    }
  }

  void description(String description) {
    if (description.length() > LONGEST_DESCRIPTION) {
      report(
          "description_too_long",
          "description",
          "The description has %d characters; at most %d are allowed."
              .formatted(description.length(), LONGEST_DESCRIPTION));
    }
  }

  void outputs(Map<String, Expression> outputs) {
    if (outputs.size() > MOST_OUTPUTS) {
      report(
          "too_many_outputs",
          "then",
          "The rule has %d outputs; at most %d are allowed."
              .formatted(outputs.size(), MOST_OUTPUTS));
    }
    outputs.forEach(
        (name, expression) -> {
          Identifier.fault(name, "output name", Location.field("then")).ifPresent(diagnostics::add);
          expression("then." + name, expression);
        });
  }

  void tags(Collection<String> tags) {
    if (tags.size() > MOST_TAGS) {
      report(
          "too_many_tags",
          "tags",
          "The rule has %d tags; at most %d are allowed.".formatted(tags.size(), MOST_TAGS));
    }
    tags.stream()
        .filter(
            tag ->
                Printable.isBlank(tag) || tag.length() > LONGEST_TAG || !Printable.isPrintable(tag))
        .findFirst()
        .ifPresent(
            tag ->
                report(
                    "tag_invalid",
                    "tags",
                    "The tag %s is not valid: use 1 to %d printable characters."
                        .formatted(Quoted.text(tag), LONGEST_TAG)));
  }

  /// Checks what is new: an entry that was taken by rules of earlier does not keep anybody from suspending the tenant.
  void settings(TenantSettings before, TenantSettings settings) {
    if (!settings.policy().equals(before.policy())) {
      settings.policy().lists().forEach((list, allowed) -> list(list.key(), allowed));
    }
    if (!settings.metadata().equals(before.metadata())) {
      list("metadata", List.copyOf(settings.metadata().keySet()));
      list("metadata", List.copyOf(settings.metadata().values()));
    }
    plugins(settings.plugins());
  }

  private void plugins(SortedMap<String, InstalledPlugin> plugins) {
    if (plugins.size() > MOST_PLUGINS) {
      report(
          "too_many_plugins",
          "plugins",
          "The tenant would have %d plugins and scripts; at most %d are allowed."
              .formatted(plugins.size(), MOST_PLUGINS));
    }
    diagnostics.addAll(PluginDependencies.faults(plugins.values()));
  }

  private void list(String field, List<String> entries) {
    if (entries.size() > MOST_ENTRIES) {
      report(
          "too_many_entries",
          field,
          "%s has %d entries; at most %d are allowed."
              .formatted(field, entries.size(), MOST_ENTRIES));
    }
    entries.stream()
        .filter(entry -> entry.length() > LONGEST_ENTRY || !Printable.isPrintable(entry))
        .findFirst()
        .ifPresent(
            entry ->
                report(
                    "entry_invalid",
                    field,
                    "%s has the entry %s; use at most %d printable characters."
                        .formatted(field, Quoted.text(entry), LONGEST_ENTRY)));
  }

  private void report(String code, String field, String message) {
    diagnostics.add(Diagnostic.error(code, Location.field(field), message));
  }
}
