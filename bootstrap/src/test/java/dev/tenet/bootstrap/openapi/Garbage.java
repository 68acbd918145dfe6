package dev.tenet.bootstrap.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Bad input, the same in every run.
final class Garbage {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int DEEP = 100_000;

  /// What stands where a member's value should: JSON or not.
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e999",
          "-1e999",
          "NaN",
          "Infinity",
          "9223372036854775808",
          "1" + "0".repeat(10_000),
          "1e2147483648",
          "0." + "0".repeat(2_000) + "1",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\u202e\ufeff\ud83d\ude00\"",
          "\"'; DROP TABLE tenants; --\"",
          "\"<script>alert(1)</script>\"",
          "\"%s%n%x {0} ${jndi:ldap://x} #{1}\"",
          "\"" + "x".repeat(300_000) + "\"",
          "[]",
          "[null]",
          "[1, \"a\", {}]",
          "{}",
          "{\"\": null}",
          "{\"a\": {\"type\": \"int\", \"enum\": []}}",
          "\"((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((\"",
          "\"" + "(".repeat(9_000) + "\"",
          "\"" + "!".repeat(9_000) + "true\"",
          "\"" + "[".repeat(9_000) + "\"",
          "\"" + "User.Age+".repeat(1_000) + "1\"",
          "\"[1].all(a,[1].all(b,[1].all(c,[1].all(d,[1].all(e,true)))))\"",
          "\"list<" + "list<".repeat(200) + "int\"");

  private Garbage() {}

  /// {@return bodies that are wrong as a whole}
  static Map<String, byte[]> bodies(String good) {
    byte[] valid = good.getBytes(UTF_8);
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put("empty", new byte[0]);
    bodies.put("blank", " \r\n\t ".getBytes(UTF_8));
    bodies.put("null", "null".getBytes(UTF_8));
    bodies.put("number", "5".getBytes(UTF_8));
    bodies.put("text", "\"text\"".getBytes(UTF_8));
    bodies.put("array of null", "[null]".getBytes(UTF_8));
    bodies.put("array of arrays", "[[], [[]]]".getBytes(UTF_8));
    bodies.put("empty object", "{}".getBytes(UTF_8));
    bodies.put("deep arrays", "[".repeat(DEEP).getBytes(UTF_8));
    bodies.put("closed deep arrays", ("[".repeat(DEEP) + "]".repeat(DEEP)).getBytes(UTF_8));
    bodies.put("deep objects", "{\"a\":".repeat(DEEP).getBytes(UTF_8));
    bodies.put("huge number", ("1" + "0".repeat(10_000)).getBytes(UTF_8));
    bodies.put("infinite number", "1e999".getBytes(UTF_8));
    bodies.put("not a number", "NaN".getBytes(UTF_8));
    bodies.put("comment", ("/* */" + good).getBytes(UTF_8));
    bodies.put("single quotes", good.replace('"', '\'').getBytes(UTF_8));
    bodies.put("trailing comma", good.strip().replaceFirst("}$", ",}").getBytes(UTF_8));
    bodies.put("trailing garbage", (good + "}").getBytes(UTF_8));
    bodies.put("second document", (good + good).getBytes(UTF_8));
    bodies.put("byte order mark", ("\ufeff" + good).getBytes(UTF_8));
    bodies.put("UTF-16", good.getBytes(UTF_16));
    bodies.put("nul", (good + "\0").getBytes(UTF_8));
    bodies.put("form", "name=a&definition=b".getBytes(UTF_8));
    bodies.put(
        "XML", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>".getBytes(UTF_8));
    bodies.put("overlong", inText(good, "\u00c0\u00af"));
    bodies.put("overlong nul", inText(good, "\u00c0\u0080"));
    bodies.put("encoded surrogate", inText(good, "\u00ed\u00a0\u0080"));
    bodies.put("beyond Unicode", inText(good, "\u00f4\u0090\u0080\u0080"));
    bodies.put("stray continuation", inText(good, "\u0080"));
    bodies.put("truncated character", inText(good, "\u00e2\u0082"));
    bodies.put("control character", inText(good, "\u0001"));
    bodies.put("truncated", Arrays.copyOf(valid, valid.length / 2));
    bodies.put("compressed", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3});
    byte[] noise = new byte[4_096];
    new Random(7).nextBytes(noise);
    bodies.put("noise", noise);
    var random = new Random(11);
    for (int i = 0; i < 12; i++) {
      byte[] damaged = valid.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      bodies.put("damaged " + i, damaged);
    }
    return bodies;
  }

  /// The bytes inside the first string of the document.
  private static byte[] inText(String good, String octets) {
    int quote = good.indexOf('"') + 1;
    return (good.substring(0, quote) + octets + good.substring(quote)).getBytes(ISO_8859_1);
  }

  /// {@return bodies in which one member is wrong, missing, unknown or there twice, to any depth}
  static Map<String, byte[]> members(String good) {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    ObjectNode document = (ObjectNode) JSON.readTree(good);
    for (List<String> path : paths(document, List.of())) {
      String name = String.join(".", path);
      List<String> values = path.size() <= 2 ? VALUES : VALUES.subList(0, 6);
      for (String value : values) {
        bodies.put(name + " = " + cut(value), replaced(document, path, value));
      }
      ObjectNode without = document.deepCopy();
      owner(without, path).remove(path.getLast());
      bodies.put(name + " missing", bytes(without));
      ObjectNode unknown = document.deepCopy();
      owner(unknown, path).put("unkn\u00f6wn \"\\", 1);
      bodies.put(name + " beside an unknown one", bytes(unknown));
      String member = JSON.writeValueAsString(path.getLast()) + ":";
      bodies.put(
          name + " twice",
          document
              .toString()
              .replaceFirst(Pattern.quote(member), member + "1," + member)
              .getBytes(UTF_8));
    }
    return bodies;
  }

  private static String cut(String value) {
    return value.length() > 40 ? value.substring(0, 40) + "…" : value;
  }

  private static List<List<String>> paths(JsonNode node, List<String> at) {
    List<List<String>> paths = new ArrayList<>();
    if (node.isObject() && at.size() < 4) {
      for (String name : node.propertyNames()) {
        List<String> path = new ArrayList<>(at);
        path.add(name);
        paths.add(path);
        paths.addAll(paths(node.get(name), path));
      }
    }
    return paths;
  }

  private static byte[] replaced(ObjectNode document, List<String> path, String value) {
    ObjectNode copy = document.deepCopy();
    owner(copy, path).put(path.getLast(), "@@here@@");
    return copy.toString().replace("\"@@here@@\"", value).getBytes(UTF_8);
  }

  private static ObjectNode owner(ObjectNode document, List<String> path) {
    ObjectNode owner = document;
    for (String name : path.subList(0, path.size() - 1)) {
      owner = (ObjectNode) owner.get(name);
    }
    return owner;
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(UTF_8);
  }

  /// {@return values of query parameters, encoded or not encoded}
  static List<String> parameterValues() {
    return List.of(
        "",
        "0",
        "-1",
        "1001",
        "99999999999999999999",
        "1.5",
        "yes",
        "TRUE",
        "null",
        "%00",
        "%",
        "%zz",
        "%ff",
        "%c0%af",
        "%ed%a0%80",
        "%F0%9F%98%80",
        "a%0d%0aX-Injected:%201",
        "'%20OR%201=1--",
        "AAAA",
        "_w",
        "/////w",
        "=",
        "a=b=c",
        "x".repeat(8_000));
  }

  /// {@return what stands where an id should}
  static List<String> ids() {
    return List.of(
        "1",
        "-",
        "null",
        "undefined",
        "%00",
        "%2F",
        "%2e%2e",
        "..",
        "..%2f..%2fetc%2fpasswd",
        "..;",
        "a%0d%0ab",
        "%ff%fe",
        "%zz",
        "*",
        "{tenantId}",
        "0197a3c2-5d1e-7b6a-9f00-3c1d2e4f5a6",
        "0197a3c2-5d1e-7b6a-9f00-3c1d2e4f5a6bb",
        "1-1-1-1-1",
        "0197a3c25d1e7b6a9f003c1d2e4f5a6b",
        "%7B0197a3c2-5d1e-7b6a-9f00-3c1d2e4f5a6b%7D",
        "99999999999",
        "0",
        "-1",
        "01",
        "1:activate",
        "\u00ff",
        "x".repeat(5_000));
  }

  /// {@return headers that make no sense, as whole lines}
  static List<String> headers() {
    return List.of(
        "If-Match: 7",
        "If-Match: \"\"",
        "If-Match: W/\"1\"",
        "If-Match: \"99999999999999999999\"",
        "If-Match: \"-1\"",
        "If-Match: \"1\", \"2\"",
        "If-Match:",
        "Idempotency-Key: a b",
        "Idempotency-Key:",
        "Idempotency-Key: " + "k".repeat(256),
        "Idempotency-Key: \u00e4",
        "Idempotency-Key: \t",
        "X-Request-ID: " + "r".repeat(65),
        "X-Request-ID: a b\u00ff",
        "X-Request-ID: ../../etc/passwd",
        "traceparent: 00-zz-zz-01",
        "Content-Type:",
        "Content-Type: ;",
        "Content-Type: /",
        "Content-Type: application/json; charset=UTF-16",
        "Content-Type: application/json; charset=nonsense",
        "Content-Type: application/json;;;=",
        "Content-Type: \u00ff\u00fe",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: multipart/form-data",
        "Content-Type: text/plain",
        "Content-Encoding: gzip",
        "Content-Encoding: nonsense",
        "Accept: image/png",
        "Accept-Language: \u00ff;q=\u00e4, *-*, ;;==,",
        "Accept-Language: " + "de-AT;q=0.5,".repeat(1_000),
        "Accept: ;;;",
        "Accept-Encoding: br;q=banana",
        "Range: bytes=5-1",
        "Expect: 200-maybe",
        "Cookie: ====;;;",
        "Authorization: Bearer \u00ff",
        "Origin: null",
        "Upgrade: h2c");
  }
}
