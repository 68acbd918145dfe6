package dev.tenet.bootstrap.yaml;

import dev.tenet.bootstrap.yaml.YamlFault.Place;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/// Reads one YAML 1.2 document (JSON schema) and collects all faults with their places.
///
/// Safe for files of strangers: at most 2 million characters, 64 levels, no tags that make objects, and aliases for
/// scalars only, so that nothing small unfolds into something large.
public final class YamlReader {

  /// How deep a document may nest.
  public static final int DEEPEST = 64;

  private static final int MOST_CHARACTERS = 2_000_000;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setCodePointLimit(MOST_CHARACTERS)
          .setMaxAliasesForCollections(0)
          .setAllowRecursiveKeys(false)
          .setSchema(new JsonSchema())
          .build();
  private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  private final List<YamlFault> faults = new ArrayList<>();

  /// {@return all faults found so far, in the order of the file}
  public List<YamlFault> faults() {
    return faults.stream()
        .sorted(
            (a, b) ->
                a.line() != b.line()
                    ? Integer.compare(a.line(), b.line())
                    : Integer.compare(a.column(), b.column()))
        .toList();
  }

  /// Adds a fault.
  public void report(Node at, String message) {
    faults.add(YamlFault.at(place(at), message));
  }

  /// {@return where a node begins}
  public static Place place(Node node) {
    Place place = node.getStartMark().map(YamlReader::place).orElse(Place.START);
    return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL
        ? new Place(place.line(), place.column(), true)
        : place;
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /// {@return the document's root, or empty after a fault or for an empty document, which is one}
  public Optional<Node> parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      faults.add(
          YamlFault.at(
              Place.START,
              String.format(
                  Locale.ROOT, "The file has more than %,d characters.", MOST_CHARACTERS)));
      return Optional.empty();
    }
    try {
      if (tooDeep(text)) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        faults.add(YamlFault.at(Place.START, "The file is empty."));
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      Place place =
          e.getProblemMark().or(e::getContextMark).map(YamlReader::place).orElse(Place.START);
      faults.add(YamlFault.at(place, "This is not valid YAML: " + e.getProblem() + "."));
    } catch (YamlEngineException e) {
      faults.add(YamlFault.at(Place.START, "The YAML cannot be read: " + firstLine(e)));
    }
    return Optional.empty();
  }

  private static String firstLine(YamlEngineException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private boolean tooDeep(String text) {
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        Place place = event.getStartMark().map(YamlReader::place).orElse(Place.START);
        faults.add(YamlFault.at(place, "The YAML nests deeper than %d levels.".formatted(DEEPEST)));
        return true;
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return false;
  }

  /// {@return the values of a mapping by their keys; unknown and repeated keys are faults and left out}
  ///
  /// @param what what the mapping is, for messages, such as `a rule`
  public Map<String, Node> mapping(Node node, String what, Collection<String> known) {
    Map<String, Node> all = mapping(node, what);
    Map<String, Node> values = new LinkedHashMap<>();
    keys(node)
        .forEach(
            (key, at) -> {
              Node value = all.get(key);
              if (known.contains(key) && value != null) {
                values.put(key, value);
              } else if (value != null) {
                report(at, unknown(key, what, known));
              }
            });
    return values;
  }

  private static String unknown(String key, String what, Collection<String> known) {
    String sorted = String.join(", ", known.stream().sorted().toList());
    return Spelling.nearest(key, known)
        .map(
            nearest ->
                "%s is no key of %s. Did you mean %s?"
                    .formatted(Quoted.text(key), what, Quoted.text(nearest)))
        .orElseGet(
            () -> "%s is no key of %s; the keys are %s.".formatted(Quoted.text(key), what, sorted));
  }

  /// {@return the values of a mapping with any keys; repeated keys are faults}
  ///
  /// @param what what the mapping is, for messages, such as `the outputs`
  public Map<String, Node> mapping(Node node, String what) {
    Map<String, Node> values = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      report(node, "Expected %s with keys and values but found %s.".formatted(what, kind(node)));
      return values;
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        report(entry.getKeyNode(), "A key must be plain text.");
      } else if (values.putIfAbsent(key.getValue(), entry.getValueNode()) != null) {
        report(key, "The key %s is there twice.".formatted(Quoted.text(key.getValue())));
      }
    }
    return values;
  }

  /// {@return the keys of a mapping with their own places}
  public static Map<String, Node> keys(Node node) {
    Map<String, Node> keys = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          keys.putIfAbsent(key.getValue(), key);
        }
      }
    }
    return keys;
  }

  /// {@return where the keys of nested mappings stand, by their paths such as `User.Age`; the empty path is the whole}
  public static Map<String, Place> places(Node root) {
    Map<String, Place> places = new HashMap<>();
    places.put("", place(root));
    places(root, "", places);
    return places;
  }

  private static void places(Node node, String prefix, Map<String, Place> places) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          String path = prefix + key.getValue();
          places.put(path, place(key));
          places(entry.getValueNode(), path + ".", places);
        }
      }
    }
  }

  /// {@return whether the node has keys and values}
  public static boolean isMapping(Node node) {
    return node instanceof MappingNode;
  }

  /// {@return whether the node is a list}
  public static boolean isList(Node node) {
    return node instanceof SequenceNode;
  }

  /// {@return the elements of a list, none after a fault}
  public List<Node> list(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    report(node, "Expected %s as a list but found %s.".formatted(what, kind(node)));
    return List.of();
  }

  /// {@return the text of a scalar; numbers and booleans count as the text they are written with}
  public Optional<String> text(Node node, String what) {
    Optional<String> text = text(node);
    if (text.isEmpty()) {
      report(node, "Expected %s as text but found %s.".formatted(what, kind(node)));
    }
    return text;
  }

  /// {@return the text of a scalar, which no message repeats}
  public Optional<String> secret(Node node, String what) {
    Optional<String> text = text(node).filter(secret -> !secret.isBlank());
    if (text.isEmpty()) {
      report(node, "Expected %s as text.".formatted(what));
    }
    return text;
  }

  private static Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && plainTag(scalar) && !isNull(scalar)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /// {@return a boolean}
  public Optional<Boolean> flag(Node node, String what) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Optional.of(Boolean.valueOf(scalar.getValue()));
    }
    report(node, "Expected %s as true or false but found %s.".formatted(what, kind(node)));
    return Optional.empty();
  }

  /// {@return the node as plain JSON values: `Map`, `List`, `String`, `Long`, `Double`, `Boolean` or null}
  public @Nullable Object plain(Node node) {
    return switch (node) {
      case ScalarNode scalar -> plain(scalar);
      case SequenceNode sequence -> {
        List<@Nullable Object> list = new ArrayList<>();
        sequence.getValue().forEach(element -> list.add(plain(element)));
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        mapping(node, "a mapping").forEach((key, value) -> map.put(key, plain(value)));
        yield map;
      }
    };
  }

  private @Nullable Object plain(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (!plainTag(scalar)) {
      report(scalar, "The tag %s is not allowed here.".formatted(Quoted.text(tag.getValue())));
      return null;
    }
    if (isNull(scalar)) {
      return null;
    }
    try {
      return tag.equals(Tag.INT)
          ? (Object) Long.valueOf(scalar.getValue())
          : tag.equals(Tag.FLOAT)
              ? (Object) Double.valueOf(scalar.getValue())
              : tag.equals(Tag.BOOL)
                  ? (Object) Boolean.valueOf(scalar.getValue())
                  : scalar.getValue();
    } catch (NumberFormatException e) {
      report(scalar, "%s is no number.".formatted(Quoted.text(scalar.getValue())));
      return null;
    }
  }

  private static boolean plainTag(ScalarNode scalar) {
    return SCALARS.contains(scalar.getTag());
  }

  private static boolean isNull(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.NULL);
  }

  private static String kind(Node node) {
    return switch (node) {
      case MappingNode mapping -> "keys and values";
      case SequenceNode sequence -> "a list";
      case ScalarNode scalar when isNull(scalar) -> "nothing";
      case ScalarNode scalar -> Quoted.text(scalar.getValue());
      default -> "something else";
    };
  }
}
