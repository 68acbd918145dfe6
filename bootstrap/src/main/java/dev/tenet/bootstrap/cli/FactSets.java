package dev.tenet.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.http.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fact sets of a file: one JSON object, a JSON array of objects, or NDJSON, an object on each line.
///
/// @param single whether the file is one object, not a list that may happen to have one element
record FactSets(List<Map<?, ?>> sets, boolean single) {

  FactSets {
    sets = List.copyOf(sets);
  }

  /// {@return the first of the fact sets}
  FactSets first(int most) {
    return new FactSets(sets.subList(0, Math.min(most, sets.size())), single);
  }

  /// {@return the fact sets of a file, `-` for the standard input}
  static FactSets read(String file, InputStream in) throws CommandFailure {
    byte[] content = content(file, in);
    String name = file.equals("-") ? "standard input" : file;
    try {
      return of(name, StrictJson.parse(content));
    } catch (StrictJson.Malformed malformed) {
      List<String> lines = new String(content, UTF_8).lines().toList();
      if (lines.stream().filter(line -> !line.isBlank()).count() > 1 && isObject(lines)) {
        return lines(name, lines);
      }
      throw failure(name, malformed);
    }
  }

  private static byte[] content(String file, InputStream in) throws CommandFailure {
    try {
      return file.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw CommandFailure.badInput(
          "The facts %s cannot be read; --facts needs a JSON or NDJSON file, or - for the standard input."
              .formatted(file));
    }
  }

  private static boolean isObject(List<String> lines) {
    String first = lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("");
    try {
      return StrictJson.parse(first.getBytes(UTF_8)) instanceof Map;
    } catch (StrictJson.Malformed e) {
      return false;
    }
  }

  private static FactSets of(String name, @Nullable Object document) throws CommandFailure {
    if (document instanceof Map<?, ?> map) {
      return new FactSets(List.of(map), true);
    }
    if (!(document instanceof List<?> list)) {
      throw CommandFailure.badInput(
          name + " must hold a JSON object, an array of objects, or an object on each line.");
    }
    List<Map<?, ?>> sets = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof Map<?, ?> map)) {
        throw CommandFailure.badInput(
            "%s: element %d is no JSON object.".formatted(name, sets.size() + 1));
      }
      sets.add(map);
    }
    return new FactSets(sets, false);
  }

  private static FactSets lines(String name, List<String> lines) throws CommandFailure {
    List<Map<?, ?>> sets = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        if (!(StrictJson.parseLine(lines.get(i).getBytes(UTF_8), i + 1L)
            instanceof Map<?, ?> map)) {
          throw CommandFailure.badInput("%s:%d is no JSON object.".formatted(name, i + 1));
        }
        sets.add(map);
      } catch (StrictJson.Malformed malformed) {
        throw failure(name, malformed);
      }
    }
    return new FactSets(sets, false);
  }

  private static CommandFailure failure(String name, StrictJson.Malformed malformed) {
    String place = malformed.pointer().isEmpty() ? "" : " At %s.".formatted(malformed.pointer());
    return CommandFailure.badInput(
        "%s is not the JSON of fact sets: %s%s".formatted(name, malformed.getMessage(), place));
  }
}
