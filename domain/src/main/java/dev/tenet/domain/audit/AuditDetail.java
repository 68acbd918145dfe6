package dev.tenet.domain.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.domain.hash.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What else is recorded of an event, as plain JSON values: objects, lists, texts, truth values and whole numbers.
///
/// @param members in the order in which they are shown; whole numbers are `Long` and exact as JSON, and all of it has at
///     most [#LARGEST] bytes in its canonical form
public record AuditDetail(Map<String, Object> members) {

  /// The most bytes of a detail.
  public static final int LARGEST = 64 << 10;

  /// The most bytes of a definition before or after a change, beyond which its hash stands for it.
  private static final int LARGEST_MEMBER = 16 << 10;

  /// The largest whole number that every reader of JSON keeps exactly (RFC 8259, section 6); a larger one is a text.
  private static final long LARGEST_NUMBER = (1L << 53) - 1;

  /// Nothing else.
  public static final AuditDetail NONE = new AuditDetail(Map.of());

  public AuditDetail {
    members = copy(members);
    if (bytes(CanonicalJson.write(members)) > LARGEST) {
      throw new IllegalArgumentException("a detail has at most " + LARGEST + " bytes");
    }
  }

  /// {@return the detail with these members; a member that is large is represented by its size and its hash}
  public static AuditDetail of(Map<String, ?> members) {
    Map<String, Object> bounded = new LinkedHashMap<>();
    members.forEach((name, value) -> bounded.put(name, bounded(value)));
    return bytes(CanonicalJson.write(bounded)) > LARGEST
        ? new AuditDetail(digest(bounded))
        : new AuditDetail(bounded);
  }

  private static Object bounded(Object value) {
    return bytes(CanonicalJson.write(value)) > LARGEST_MEMBER ? digest(value) : value;
  }

  /// {@return what stands for a value that is too large to be recorded: its size and the hash of its canonical form}
  static Map<String, Object> digest(Object value) {
    String text = CanonicalJson.write(value);
    Map<String, Object> digest = new LinkedHashMap<>();
    digest.put("bytes", bytes(text));
    digest.put("sha256", Sha256.of(text).hex());
    return digest;
  }

  private static long bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (!(name instanceof String text)) {
            throw new IllegalArgumentException("a member of a detail has a name");
          }
          copy.put(text, copy(value));
        });
    return Collections.unmodifiableMap(copy);
  }

  private static Object copy(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean flag -> flag;
      case Integer number -> (long) number;
      case Long number -> Math.abs(number) <= LARGEST_NUMBER ? number : Long.toString(number);
      case List<?> list -> {
        List<Object> elements = new ArrayList<>(list.size());
        list.forEach(element -> elements.add(copy(element)));
        yield List.copyOf(elements);
      }
      case Map<?, ?> map -> copy(map);
      default -> throw new IllegalArgumentException("no value of a detail: " + value.getClass());
    };
  }
}
