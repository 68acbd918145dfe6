package dev.tenet.cel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Conditions over the fields of a schema and facts for them, by chance: the same ones for the same seed.
final class RandomRules {

  static final Map<String, Object> SCHEMA =
      Map.of(
          "User",
          Map.of(
              "Age", "int",
              "Level", "int?",
              "Score", "float64",
              "Active", "bool",
              "Country", "string",
              "Card", Map.of("enum", List.of("visa", "amex", "")),
              "Tags", "list<string>",
              "Scores", "list<int>",
              "Weights", "list<float64>",
              "Home", Map.of("City", "string", "Floor", "int")),
          "Order",
          Map.of(
              "Amount", "float64",
              "Count", "int",
              "Joined", "timestamp",
              "Extra", "dyn",
              "Lines",
                  Map.of(
                      "list",
                      Map.of(
                          "object",
                          Map.of(
                              "Total", "float64",
                              "Kind", "string",
                              "Count", "int?",
                              "Paid", "bool",
                              "Codes", "list<int>")))));

  static final Map<String, String> DERIVED =
      Map.of(
          "adult", "User.Age >= 18",
          "sum", "User.Age + Order.Count",
          "ratio", "Order.Amount / User.Score",
          "tier", "User.Age > 20 ? 'gold' : 'none'",
          "grown", "adult && sum > 20",
          "named", "User.Country + '!'");

  private static final Map<String, List<String>> FORMS =
      Map.of(
          "bool",
          List.of(
              "(<bool> && <bool>)",
              "(<bool> && <bool> && <bool>)",
              "(<bool> || <bool>)",
              "(<bool> || <bool> || <bool>)",
              "!<bool>",
              "!(<bool>)",
              "(<bool> ? <bool> : <bool>)",
              "(<bool> == <bool>)",
              "(<bool> != <bool>)",
              "<atom>",
              "<atom>",
              "<atom>",
              "<atom>"),
          "atom",
          List.of(
              "<intfield> <relation> <integer>",
              "<intfield> <relation> <integer>",
              "<integer> <relation> <intfield>",
              "<intfield> <relation> <real>",
              "<realfield> <relation> <real>",
              "<realfield> <relation> <integer>",
              "<int> <relation> <int>",
              "<double> <relation> <double>",
              "<int> <relation> <double>",
              "<textfield> == <text>",
              "<text> != <textfield>",
              "<textfield> == <textfield>",
              "<textfield> in [<text>, <text>]",
              "!(<textfield> in [<text>])",
              "<intfield> in [<integer>, <integer>, <integer>]",
              "<text> in User.Tags",
              "<textfield> in User.Tags",
              "<textfield>.startsWith(<text>)",
              "<textfield>.endsWith(<text>)",
              "<textfield>.contains(<text>)",
              "<textfield>.matches('a+')",
              "<textfield> < <text>",
              "<flag>",
              "<flag> == true",
              "has(<hasfield>)",
              "!has(<hasfield>)",
              "User.Scores.<macro>(x, x <relation> <int>)",
              "User.Weights.<macro>(x, x <relation> <double>)",
              "User.Tags.<macro>(t, t == <text>)",
              "User.Tags.<macro>(t, t in ['a', 'b'] || t == <textfield>)",
              "User.Scores.<macro>(x, User.Scores.<macro>(y, x + y <relation> <int>))",
              "Order.Lines.<macro>(l, l.Total <relation> <double>)",
              "Order.Lines.<macro>(l, l.Kind == <text> && l.Paid)",
              "Order.Lines.<macro>(l, has(l.Count) && l.Count <relation> <int>)",
              "Order.Lines.<macro>(l, l.Codes.<macro>(c, c == <int>))",
              "Order.Lines.<macro>(l, l.Codes.size() <relation> <int>)",
              "User.Scores.filter(x, x > 1).size() <relation> <int>",
              "Order.Extra == <int>",
              "Order.Extra > <double>",
              "Order.Joined > timestamp('2026-01-01T00:00:00Z')",
              "Order.Joined < now",
              "size(named) <relation> <int>",
              "true",
              "false"),
          "int",
          List.of(
              "<intfield>",
              "<integer>",
              "(<int> + <int>)",
              "(<int> - <int>)",
              "(<int> * <int>)",
              "(<int> / <int>)",
              "(<int> % <int>)",
              "-<intfield>",
              "size(<textfield>)",
              "User.Scores.size()",
              "size(User.Tags)",
              "(<bool> ? <int> : <int>)"),
          "double",
          List.of(
              "<realfield>",
              "<real>",
              "(<double> + <double>)",
              "(<double> - <double>)",
              "(<double> * <double>)",
              "(<double> / <double>)",
              "-<realfield>",
              "double(<intfield>)",
              "(<bool> ? <double> : <double>)"));

  private static final Map<String, List<String>> LEAVES =
      Map.of(
          "intfield",
          List.of("User.Age", "User.Level", "Order.Count", "User.Home.Floor", "sum"),
          "realfield",
          List.of("User.Score", "Order.Amount", "ratio"),
          "textfield",
          List.of("User.Country", "User.Card", "User.Home.City", "tier", "named"),
          "flag",
          List.of("User.Active", "adult", "grown"),
          "hasfield",
          List.of("User.Level", "User.Age", "User.Home", "User.Home.City", "User.Tags"),
          "relation",
          List.of("==", "!=", "<", "<=", ">", ">="),
          "macro",
          List.of("exists", "all", "exists_one"),
          "integer",
          List.of(
              "0",
              "1",
              "-1",
              "18",
              "19",
              "9223372036854775807",
              "-9223372036854775808",
              "9007199254740993"),
          "real",
          List.of("0.0", "-0.0", "0.5", "18.0", "18.5", "1e19", "-1e300", "9007199254740992.0"),
          "text",
          List.of("''", "'CA'", "'aa'", "'visa'", "'gold'", "'é😀'"));

  private static final List<Object> INTEGERS =
      List.of(-1L, 0L, 1L, 2L, 18L, 19L, Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L);
  private static final List<Object> REALS =
      List.of(0.0, -0.0, 0.5, 1.0, 18.0, 18.5, 1e19, -1e300, 9007199254740992.0, 1e308);
  private static final List<Object> TEXTS = List.of("", "CA", "aa", "a", "é😀", "US");

  private final Random random;

  RandomRules(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  String condition() {
    return of("bool", 3);
  }

  private String of(String kind, int depth) {
    List<String> leaves = LEAVES.get(kind);
    if (leaves != null) {
      return leaves.get(random.nextInt(leaves.size()));
    }
    if (depth == 0) {
      return switch (kind) {
        case "int" -> of("intfield", 0);
        case "double" -> of("realfield", 0);
        default -> "(%s %s %s)".formatted(of("intfield", 0), of("relation", 0), of("integer", 0));
      };
    }
    List<String> forms = FORMS.getOrDefault(kind, List.of());
    return '(' + filled(forms.get(random.nextInt(forms.size())), depth - 1) + ')';
  }

  private String filled(String form, int depth) {
    StringBuilder text = new StringBuilder();
    int start = 0;
    for (int open = form.indexOf('<'); open >= 0; open = form.indexOf('<', start)) {
      int close = form.indexOf('>', open);
      String hole = close < 0 ? "" : form.substring(open + 1, close);
      boolean known = FORMS.containsKey(hole) || LEAVES.containsKey(hole);
      text.append(form, start, known ? open : open + 1);
      start = known ? close + 1 : open + 1;
      if (known) {
        text.append(of(hole, depth));
      }
    }
    return text.append(form.substring(start)).toString();
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new HashMap<>();
    if (random.nextInt(12) > 0) {
      Map<String, Object> user = new HashMap<>();
      put(user, "Age", INTEGERS);
      put(user, "Level", INTEGERS);
      put(user, "Score", REALS);
      put(user, "Active", List.of(true, false));
      put(user, "Country", TEXTS);
      put(user, "Card", List.of("visa", "amex", ""));
      put(user, "Tags", List.of(some(TEXTS), some(TEXTS)));
      put(user, "Scores", List.of(some(INTEGERS), some(List.of(0L, 1L, 2L)), List.of()));
      put(user, "Weights", List.of(some(REALS), some(REALS)));
      Map<String, Object> home = new HashMap<>();
      put(home, "City", TEXTS);
      put(home, "Floor", INTEGERS);
      put(user, "Home", List.of(home));
      facts.put("User", user);
    }
    Map<String, Object> order = new HashMap<>();
    put(order, "Amount", REALS);
    put(order, "Count", INTEGERS);
    put(order, "Joined", List.of("2025-05-05T00:00:00Z", "2026-05-05T00:00:00Z"));
    put(order, "Extra", List.of(1L, 0.5, "x", List.of(), true));
    put(order, "Lines", List.of(lines()));
    facts.put("Order", order);
    return facts;
  }

  private List<Object> lines() {
    List<Object> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Map<String, Object> line = new HashMap<>();
      put(line, "Total", REALS);
      put(line, "Kind", TEXTS);
      put(line, "Count", INTEGERS);
      put(line, "Paid", List.of(true, false));
      put(line, "Codes", List.of(some(INTEGERS)));
      lines.add(line);
    }
    return lines;
  }

  private List<Object> some(List<Object> values) {
    List<Object> some = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      some.add(values.get(random.nextInt(values.size())));
    }
    return some;
  }

  private void put(Map<String, Object> into, String name, List<?> values) {
    if (random.nextInt(8) > 0) {
      into.put(name, values.get(random.nextInt(values.size())));
    }
  }
}
