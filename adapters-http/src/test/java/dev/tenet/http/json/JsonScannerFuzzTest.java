package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.evaluation.FactSource;
import dev.tenet.domain.evaluation.FactSource.Kind;
import dev.tenet.domain.evaluation.FieldNames;
import dev.tenet.http.json.StrictJson.Malformed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whichever way a document is read, by kinds, by known names, as plain values or passing over parts: the same documents are
/// accepted with the same values, and refused for the same reasons.
///
/// `-Dtenet.json.documents=10000000` makes it a long run, `-Dtenet.json.seed=` repeats one.
final class JsonScannerFuzzTest {

  private static final long DOCUMENTS = Long.getLong("tenet.json.documents", 200_000);
  private static final long FRESH = Long.getLong("tenet.json.seed", System.nanoTime());
  private static final List<FieldNames> KNOWN =
      List.of(
          FieldNames.of(List.of()),
          FieldNames.of(List.of("a", "0", "\u00e9", "~1", "\u0001", "Age0", "\ud83d\ude00")),
          FieldNames.of(numbered()));

  private static List<String> numbered() {
    List<String> names = new ArrayList<>(List.of("b", "a", "\n1", "\"2"));
    for (int i = 0; i < 100; i++) {
      names.add(String.valueOf(i));
    }
    return names;
  }

  private record Skipped() {}

  private record Refused(String code, String message, String pointer) {
    private static Refused of(Malformed malformed) {
      return new Refused(malformed.code(), malformed.getMessage(), malformed.pointer());
    }
  }

  private record Member(@Nullable String name, FieldNames known, @Nullable Object value) {}

  private record Members(List<Member> members) {}

  @Test
  void everyWayToReadADocumentSaysTheSame() {
    tryAll(JsonScannerFuzzTest::compare);
  }

  /// What stands around a member that is only leapt over is accepted and refused as if it was read, once that is read as well.
  @Test
  void leapingOverAMemberAndReadingItSaysWhatReadingAllDoes() {
    tryAll(
        (document, random) -> {
          byte[] around = around(document, random);
          assertThat(leaping(around)).isEqualTo(plainly(around));
        });
  }

  private static void tryAll(BiConsumer<byte[], SplittableRandom> check) {
    List<String> differences = new ArrayList<>();
    for (long document = 0; document < DOCUMENTS && differences.size() < 10; document++) {
      long seed = document % 2 == 0 ? 1 : FRESH;
      byte[] bytes = RandomDocuments.document(seed, document);
      try {
        check.accept(bytes, new SplittableRandom(seed + document));
      } catch (AssertionError | RuntimeException | StackOverflowError e) {
        differences.add(
            "document %d of -Dtenet.json.seed=%d, %s: %s"
                .formatted(document, seed, HexFormat.of().formatHex(bytes), e));
      }
    }
    assertThat(differences).isEmpty();
  }

  private static byte[] around(byte[] document, SplittableRandom random) {
    var around = new ByteArrayOutputStream();
    around.writeBytes("{\"include\": \"all\", \"facts\": ".getBytes(UTF_8));
    around.writeBytes(document);
    around.writeBytes((random.nextBoolean() ? "}" : ", \"trace\": true}").getBytes(UTF_8));
    return around.toByteArray();
  }

  private static @Nullable Object plainly(byte[] document) {
    try {
      return StrictJson.parse(document);
    } catch (Malformed malformed) {
      return "refused";
    }
  }

  private static @Nullable Object leaping(byte[] document) {
    try {
      Object value = StrictJson.parseAround("facts", document);
      if (value instanceof Map<?, ?> map
          && map.get("facts") instanceof Unread facts
          && facts.kind() == Kind.OBJECT) {
        Map<Object, @Nullable Object> read = new LinkedHashMap<>(map);
        read.put("facts", facts.source().plain());
        return read;
      }
      return plainly(document);
    } catch (Malformed malformed) {
      return "refused";
    }
  }

  private static void compare(byte[] document, SplittableRandom random) {
    Object expected;
    try {
      expected = StrictJson.parse(document);
    } catch (Malformed malformed) {
      expected = Refused.of(malformed);
    }
    Object found;
    try {
      JsonScanner scanner = JsonScanner.of(document);
      int place = scanner.place();
      scanner.skip();
      scanner.end();
      found = read(scanner.valueAt(place), random);
      assertThat(skipped(document)).isEqualTo(new Skipped());
    } catch (Malformed malformed) {
      assertThat(mixed(document, random)).isEqualTo(Refused.of(malformed));
      assertThat(Refused.of(malformed)).isEqualTo(expected);
      return;
    }
    agree(found, expected);
  }

  private static Object skipped(byte[] document) throws Malformed {
    JsonScanner scanner = JsonScanner.of(document);
    scanner.skip();
    scanner.end();
    return new Skipped();
  }

  private static @Nullable Object mixed(byte[] document, SplittableRandom random) {
    try {
      JsonScanner scanner = JsonScanner.of(document);
      Object value = read(scanner, random);
      scanner.end();
      return value;
    } catch (Malformed malformed) {
      return Refused.of(malformed);
    }
  }

  private static @Nullable Object read(FactSource<Malformed> source, SplittableRandom random)
      throws Malformed {
    Kind kind = source.kind();
    int way = random.nextInt(8);
    if (way == 0) {
      source.skip();
      return new Skipped();
    }
    if (way == 1) {
      return source.plain();
    }
    return switch (kind) {
      case OBJECT -> members(source, random);
      case LIST -> {
        source.list();
        List<@Nullable Object> elements = new ArrayList<>();
        while (source.element()) {
          elements.add(read(source, random));
        }
        yield elements;
      }
      case TEXT -> source.text();
      case INTEGER -> random.nextBoolean() ? source.integer() : source.plain();
      case REAL -> source.real();
      case TRUTH -> source.truth();
      case NULL -> source.plain();
    };
  }

  private static Members members(FactSource<Malformed> source, SplittableRandom random)
      throws Malformed {
    source.object();
    List<Member> members = new ArrayList<>();
    FieldNames known = KNOWN.get(random.nextInt(KNOWN.size()));
    boolean changing = random.nextInt(4) == 0;
    while (true) {
      if (changing) {
        known = KNOWN.get(random.nextInt(KNOWN.size()));
      }
      if (changing && random.nextBoolean()) {
        String name = source.member();
        if (name == null) {
          return new Members(members);
        }
        members.add(new Member(name, KNOWN.getFirst(), read(source, random)));
      } else {
        int number = source.member(known);
        if (number == FactSource.END) {
          return new Members(members);
        }
        String name = number == FactSource.UNKNOWN ? null : known.name(number);
        members.add(new Member(name, known, read(source, random)));
      }
    }
  }

  private static void agree(@Nullable Object found, @Nullable Object expected) {
    switch (found) {
      case Skipped() -> {}
      case Members(var members) when expected instanceof Map<?, ?> object -> {
        assertThat(members).hasSameSizeAs(object.keySet());
        int i = 0;
        for (Map.Entry<?, ?> entry : object.entrySet()) {
          Member member = members.get(i++);
          if (member.name() == null) {
            assertThat(member.known().find((String) entry.getKey())).isEqualTo(-1);
          } else {
            assertThat(member.name()).isEqualTo(entry.getKey());
          }
          agree(member.value(), entry.getValue());
        }
      }
      case List<?> elements when expected instanceof List<?> list -> {
        assertThat(elements).hasSameSizeAs(list);
        for (int i = 0; i < list.size(); i++) {
          agree(elements.get(i), list.get(i));
        }
      }
      case null, default -> assertThat(found).isEqualTo(expected);
    }
  }
}
