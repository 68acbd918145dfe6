package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/// Documents by chance: valid ones of every shape, valid ones that were damaged, loose tokens, and noise.
///
/// A seed and a number always make the same document.
final class RandomDocuments {

  private static final int DEEPEST = 68;
  private static final List<String> NUMBERS =
      words(
          """
          0 -0 0.0 -0.0 0e0 -0E-0 1 -1 10 1e0 1E+2 1e-2 0.1 2147483647 2147483648 -2147483648
          -2147483649 999999999 1000000000 999999999999999999 1000000000000000000
          9223372036854775806 9223372036854775807 9223372036854775808 -9223372036854775807
          -9223372036854775808 -9223372036854775809 18446744073709551616 9007199254740992
          9007199254740993 9007199254740993.0 123456789012345678901 1.7976931348623157e308
          1.7976931348623158e308 1.7976931348623159e308 -1.7976931348623157e308
          17976931348623157e292 1e308 1e309 -1e309 4.9e-324 2.4703282292062327e-324
          2.4703282292062328e-324 2.5e-324 1e-400 -1e-400 2.2250738585072011e-308
          2.2250738585072014E-308 0e999999999999 1e99999999999999999999 1e-99999999999999999999
          0.000000000000000000001e21 1e2147483647 1e2147483648 1e-2147483648
          1e0000000000000000000001
          """);
  private static final List<String> NO_NUMBERS =
      words(
          """
          - +1 01 -01 00 1. .5 1.e1 1e 1e+ 0x10 1_000 --1 -a NaN Infinity -Infinity -INF 1.5.5
          1e5e5 1e1.5 1f 1L
          """);
  private static final List<String> ESCAPES =
      words(
          """
          \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000 \\u001F \\u0022 \\u00e9 \\uFFFF \\uFEFF
          \\ud83d\\ude00 \\uDBFF\\uDFFF \\ud800\\udc00
          """);
  private static final List<String> BAD_ESCAPES =
      List.of(
          "\\x41",
          "\\'",
          "\\",
          "\\u",
          "\\u12g4",
          "\\u123",
          "\\U0041",
          "\\ud800",
          "\\udc00",
          "\\ud800\\ud800",
          "\\udc00\\ud800",
          "\\ud83dx\\ude00",
          "\\uff11\uff11\uff11\uff11",
          "\\u\uff31234",
          "\\u00\u22619",
          "\\u000\ud83d\ude30",
          "\\0",
          "\n",
          "\t",
          "\0",
          "\u001f");
  private static final List<String> LETTERS =
      List.of(
          "a",
          "b",
          "Age",
          " ",
          "~",
          "/",
          "~1",
          "0",
          "\u007f",
          "é",
          "\u0080",
          "\u07ff",
          "\u0800",
          "\ud7ff",
          "\ue000",
          "\ufeff",
          "\uffff",
          "😀",
          "\udbff\udfff",
          "\u2028",
          "'",
          "{[,:]}");
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\"a\"",
          "\"a\":",
          "\"b\":1,",
          "true",
          "false",
          "null",
          "tru",
          "nul",
          "truex",
          "true1",
          "NULL",
          "0",
          "1",
          "-1",
          "1.5",
          "1e3",
          " ",
          "\n",
          "\r\n",
          "\r",
          "\t",
          "\f",
          "\u00a0",
          "\ufeff",
          "//c\n",
          "/*c*/",
          "#c\n",
          "'a'",
          "\\",
          "\0",
          "undefined",
          "\u0120",
          "\u0122",
          "\u012c",
          "\u0131",
          "\u015b",
          "\u017d",
          "{}",
          "[]");
  private static final List<byte[]> NO_UTF8 =
      words(
              """
          c080 c0af c1bf e08080 e09fbf f0808080 f08fbfbf eda080 edbfbf eda080edb080 f4908080
          f5808080 f8888080 fe ff 80 bf c3 e282 f09f98 c328 e228a1 f0288cbc
          """)
          .stream()
          .map(HexFormat.of()::parseHex)
          .toList();
  private static final List<String> SPACES = List.of(" ", "\n", "\r", "\r\n", "\t", "  \n  ");

  private final SplittableRandom random;
  private StringBuilder text = new StringBuilder();
  private int budget;

  private RandomDocuments(long seed) {
    this.random = new SplittableRandom(seed);
  }

  private static List<String> words(String block) {
    return Pattern.compile("\\s+").splitAsStream(block).toList();
  }

  static byte[] document(long seed, long number) {
    return new RandomDocuments(seed * 0x9E3779B97F4A7C15L + number).next();
  }

  private byte[] next() {
    int kind = random.nextInt(100);
    if (kind < 45) {
      return valid();
    }
    if (kind < 85) {
      byte[] mutant = valid();
      for (int i = random.nextInt(3); i >= 0; i--) {
        mutant = mutate(mutant);
      }
      return mutant;
    }
    return kind < 95 ? tokens() : noise();
  }

  private byte[] valid() {
    text = new StringBuilder();
    budget = chance(100) ? 400 : 1 + random.nextInt(12);
    int depth = 0;
    StringBuilder ends = new StringBuilder();
    if (chance(12)) {
      for (depth = random.nextInt(DEEPEST); ends.length() < depth; ) {
        boolean object = random.nextBoolean();
        text.append(object ? "{\"a\":" : "[");
        ends.append(object ? '}' : ']');
      }
    }
    value(depth);
    text.append(ends.reverse());
    space();
    return text.toString().getBytes(UTF_8);
  }

  private void value(int depth) {
    budget--;
    space();
    int kind = random.nextInt(budget > 0 && depth < DEEPEST ? 10 : 6);
    switch (kind) {
      case 0, 1 -> number();
      case 2, 3 -> string("");
      case 4 -> text.append(random.nextBoolean());
      case 5 -> text.append("null");
      case 6, 7 -> {
        text.append('[');
        for (int i = 0, size = size(); i < size; i++) {
          text.append(i == 0 ? "" : ",");
          value(depth + 1);
          space();
        }
        text.append(']');
      }
      default -> {
        text.append('{');
        for (int i = 0, size = size(); i < size; i++) {
          text.append(i == 0 ? "" : ",");
          space();
          string(chance(20) ? "" : String.valueOf(i));
          space();
          text.append(':');
          value(depth + 1);
          space();
        }
        text.append('}');
      }
    }
  }

  private int size() {
    return Math.min(random.nextInt(6), Math.max(budget, 0));
  }

  private void number() {
    if (chance(400)) {
      int digits = 995 + random.nextInt(10);
      switch (random.nextInt(4)) {
        case 0 -> text.append("1".repeat(digits));
        case 1 -> text.append("-0.").append("7".repeat(digits));
        case 2 -> text.append("3e-").append("0".repeat(digits));
        default -> text.append("5".repeat(300)).append('.').append("5".repeat(digits - 300));
      }
    } else if (chance(200)) {
      text.append(any(NO_NUMBERS));
    } else if (random.nextBoolean()) {
      text.append(any(NUMBERS));
    } else {
      text.append(random.nextBoolean() ? "" : "-")
          .append(random.nextLong() >>> random.nextInt(1, 64));
      if (random.nextBoolean()) {
        text.append('.').append(random.nextLong() >>> random.nextInt(1, 64));
      }
      if (chance(3)) {
        text.append('e').append(random.nextInt(-340, 310));
      }
    }
  }

  private void string(String end) {
    text.append('"');
    for (int i = chance(500) ? 3_000 : random.nextInt(5); i > 0; i--) {
      text.append(chance(1_500) ? any(BAD_ESCAPES) : any(chance(4) ? ESCAPES : LETTERS));
    }
    text.append(end).append('"');
  }

  private void space() {
    if (chance(15)) {
      text.append(any(SPACES));
    }
  }

  private byte[] tokens() {
    text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      switch (random.nextInt(12)) {
        case 0 -> text.append(any(NUMBERS));
        case 1 -> text.append(any(NO_NUMBERS));
        case 2 -> text.append('"').append(any(BAD_ESCAPES)).append('"');
        default -> text.append(any(TOKENS));
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(40)];
    random.nextBytes(noise);
    if (random.nextBoolean()) {
      for (int i = 0; i < noise.length; i++) {
        noise[i] &= 0x7F;
      }
    }
    return noise;
  }

  private byte[] mutate(byte[] document) {
    int place = random.nextInt(document.length + 1);
    return switch (random.nextInt(8)) {
      case 0 -> replace(document, place, 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> {
        byte[] flipped = document.clone();
        if (place < flipped.length) {
          flipped[place] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
      case 2 -> replace(document, place, 1 + random.nextInt(4), new byte[0]);
      case 3 -> Arrays.copyOf(document, place);
      case 4 -> replace(document, place, 0, any(NO_UTF8));
      case 5 -> replace(document, place, random.nextInt(2), any(TOKENS).getBytes(UTF_8));
      case 6 -> replace(document, place, 0, any(BAD_ESCAPES).getBytes(UTF_8));
      default -> {
        byte[] other = valid();
        int from = random.nextInt(other.length + 1);
        yield replace(
            document, place, document.length, Arrays.copyOfRange(other, from, other.length));
      }
    };
  }

  private static byte[] replace(byte[] document, int place, int length, byte[] replacement) {
    var mutant = new ByteArrayOutputStream();
    mutant.write(document, 0, place);
    mutant.writeBytes(replacement);
    int rest = Math.min(document.length, place + length);
    mutant.write(document, rest, document.length - rest);
    return mutant.toByteArray();
  }

  private boolean chance(int one) {
    return random.nextInt(one) == 0;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
