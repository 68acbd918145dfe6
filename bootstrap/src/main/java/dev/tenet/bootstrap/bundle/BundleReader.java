package dev.tenet.bootstrap.bundle;

import dev.tenet.application.rule.AddRule;
import dev.tenet.bootstrap.yaml.YamlFault;
import dev.tenet.bootstrap.yaml.YamlFault.Place;
import dev.tenet.bootstrap.yaml.YamlReader;
import dev.tenet.domain.expression.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads bundles strictly: what it does not know is a fault, and all faults are reported at once.
public final class BundleReader {

  private static final List<String> BUNDLE_KEYS = List.of("name", "schema", "derived", "rules");
  private static final List<String> FIELD_KEYS = List.of("name", "expression", "description");
  private static final List<String> RULE_KEYS =
      List.of("name", "description", "expression", "tags", "then", "enabled", "active");

  /// What reading a bundle gives.
  public sealed interface Reading {
    /// The file is a bundle; whether its expressions compile is not known yet.
    record Valid(Bundle bundle) implements Reading {}

    /// The file has faults.
    record Invalid(List<YamlFault> faults) implements Reading {
      public Invalid {
        faults = List.copyOf(faults);
      }
    }
  }

  private final YamlReader yaml = new YamlReader();

  private BundleReader() {}

  /// {@return the bundle that the YAML text describes, or all of its faults}
  public static Reading read(String text) {
    BundleReader reader = new BundleReader();
    Optional<Bundle> bundle = reader.yaml.parse(text).map(reader::bundle);
    List<YamlFault> faults = reader.yaml.faults();
    return bundle.isPresent() && faults.isEmpty()
        ? new Reading.Valid(bundle.get())
        : new Reading.Invalid(faults);
  }

  private Bundle bundle(Node root) {
    Map<String, Node> members = yaml.mapping(root, "a bundle", BUNDLE_KEYS);
    String name = required(root, members, "a bundle", "name");
    Node schema = members.get("schema");
    Object definition = null;
    Map<String, Place> places = Map.of();
    if (schema == null) {
      yaml.report(root, "The bundle has no schema.");
    } else {
      definition = yaml.plain(schema);
      places = YamlReader.places(schema);
    }
    return new Bundle(
        name,
        definition,
        places,
        elements(members.get("derived"), "the derived fields", this::derivedField),
        elements(members.get("rules"), "the rules", this::rule));
  }

  private interface Element<T> {
    T read(Node node);
  }

  private <T> List<T> elements(@Nullable Node list, String what, Element<T> element) {
    List<T> elements = new ArrayList<>();
    if (list != null) {
      yaml.list(list, what).forEach(node -> elements.add(element.read(node)));
    }
    return elements;
  }

  private Bundle.DerivedField derivedField(Node node) {
    Map<String, Node> members = yaml.mapping(node, "a derived field", FIELD_KEYS);
    return new Bundle.DerivedField(
        required(node, members, "a derived field", "name"),
        new Expression(required(node, members, "a derived field", "expression")),
        optional(members, "description"),
        YamlReader.place(members.getOrDefault("expression", node)));
  }

  private Bundle.Rule rule(Node node) {
    Map<String, Node> members = yaml.mapping(node, "a rule", RULE_KEYS);
    Map<String, Place> places = new HashMap<>();
    places.put("", YamlReader.place(members.getOrDefault("name", node)));
    places.put("expression", YamlReader.place(members.getOrDefault("expression", node)));
    Map<String, Expression> then = new LinkedHashMap<>();
    Node outputs = members.get("then");
    if (outputs != null) {
      yaml.mapping(outputs, "the outputs")
          .forEach(
              (name, value) -> {
                places.put("then." + name, YamlReader.place(value));
                yaml.text(value, "an expression")
                    .ifPresent(text -> then.put(name, new Expression(text)));
              });
    }
    Optional<Boolean> enabled = flag(members, "enabled");
    Optional<Boolean> active = flag(members, "active");
    if (enabled.isPresent() && active.isPresent() && !enabled.equals(active)) {
      yaml.report(
          members.getOrDefault("active", node),
          "The keys enabled and active contradict each other; leave active out.");
    }
    var draft =
        new AddRule.Draft(
            required(node, members, "a rule", "name"),
            optional(members, "description"),
            new Expression(required(node, members, "a rule", "expression")),
            then,
            tags(members.get("tags")),
            enabled.or(() -> active).orElse(true));
    return new Bundle.Rule(draft, places);
  }

  private Optional<Boolean> flag(Map<String, Node> members, String key) {
    return Optional.ofNullable(members.get(key)).flatMap(value -> yaml.flag(value, key));
  }

  private NavigableSet<String> tags(@Nullable Node node) {
    NavigableSet<String> tags = new TreeSet<>();
    if (node != null) {
      yaml.list(node, "the tags").forEach(tag -> yaml.text(tag, "a tag").ifPresent(tags::add));
    }
    return tags;
  }

  private String required(Node owner, Map<String, Node> members, String what, String key) {
    Node value = members.get(key);
    if (value == null) {
      if (YamlReader.isMapping(owner)) {
        yaml.report(owner, "The key %s of %s is missing.".formatted(key, what));
      }
      return "";
    }
    return yaml.text(value, "the " + key).orElse("");
  }

  private String optional(Map<String, Node> members, String key) {
    Node value = members.get(key);
    return value == null ? "" : yaml.text(value, "the " + key).orElse("");
  }
}
