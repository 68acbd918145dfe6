package dev.tenet.cel;

import static java.util.Objects.requireNonNull;

import dev.tenet.cel.Phrase.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Conditions over the fields of a schema and facts for them, by chance: the same ones for the same seed.
final class RandomRules {

  static final Map<String, Object> SCHEMA = schema("int", "float64");

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
          "seed",
          List.of(
              "(<bool> == <bool>)",
              "(<bool> == <bool>)",
              "(<bool> && <bool>)",
              "(<bool> || <bool>)",
              "(<bool> ? <bool> : <bool>)",
              "<sum> <relation> <number>",
              "<sum> <relation> <number>",
              "<sum> <relation> <number>",
              "(<int> + <int>) <relation> <int>",
              "<atom>"),
          "sum",
          List.of("<number> + <number>", "<number> - <number>", "<number> * <number>"),
          "number",
          List.of("<realfield>", "<real>", "double(<intfield>)"),
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

  /// The forms of all kinds; those of leaves have no holes.
  private static final Map<String, List<Form>> GRAMMAR = new HashMap<>();

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

  static {
    FORMS.forEach(
        (kind, forms) -> GRAMMAR.put(kind, forms.stream().map(RandomRules::form).toList()));
    LEAVES.forEach(
        (kind, forms) -> GRAMMAR.put(kind, forms.stream().map(RandomRules::form).toList()));
  }

  private final Random random;
  private final Map<String, List<Form>> grammar;

  /// Whether integers are floating-point numbers, and the other way round.
  private final boolean exchanged;

  RandomRules(long seed) {
    this(new Random(seed), GRAMMAR, false);
  }

  private RandomRules(Random random, Map<String, List<Form>> grammar, boolean exchanged) {
    this.random = random;
    this.grammar = grammar;
    this.exchanged = exchanged;
  }

  /// {@return the same with one or two fields and operators of each kind, so that conditions have much in common}
  RandomRules narrow() {
    Map<String, List<Form>> few = new HashMap<>(grammar);
    for (String kind : List.of("intfield", "realfield", "textfield", "relation")) {
      few.put(kind, List.of(oneOf(forms(kind)), oneOf(forms(kind))));
    }
    return new RandomRules(random, few, exchanged);
  }

  /// {@return the same for a schema in which the fields that were integers are floating-point numbers, and the other way
  /// round}
  RandomRules twin() {
    return new RandomRules(random, grammar, !exchanged);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> values) {
    return values.get(below(values.size()));
  }

  Map<String, Object> schema() {
    return exchanged ? schema("float64", "int") : SCHEMA;
  }

  private static Map<String, Object> schema(String integer, String real) {
    return Map.of(
        "User",
        Map.of(
            "Age",
            integer,
            "Level",
            integer + "?",
            "Score",
            real,
            "Active",
            "bool",
            "Country",
            "string",
            "Card",
            Map.of("enum", List.of("visa", "amex", "")),
            "Tags",
            "list<string>",
            "Scores",
            "list<" + integer + ">",
            "Weights",
            "list<" + real + ">",
            "Home",
            Map.of("City", "string", "Floor", integer)),
        "Order",
        Map.of(
            "Amount",
            real,
            "Count",
            integer,
            "Joined",
            "timestamp",
            "Extra",
            "dyn",
            "Lines",
            Map.of(
                "list",
                Map.of(
                    "object",
                    Map.of(
                        "Total",
                        real,
                        "Kind",
                        "string",
                        "Count",
                        integer + "?",
                        "Paid",
                        "bool",
                        "Codes",
                        "list<" + integer + ">")))));
  }

  String condition() {
    return phrase("bool", 3).text();
  }

  /// {@return a phrase of a kind}
  ///
  /// @param depth how deep phrases stand in one another at most
  Phrase phrase(String kind, int depth) {
    Form form = oneOf(depth > 0 ? forms(kind) : shallow(kind));
    return new Phrase(
        kind, form, form.holes().stream().map(hole -> phrase(hole, depth - 1)).toList());
  }

  /// {@return all forms of a kind}
  List<Form> forms(String kind) {
    String known =
        switch (kind) {
          case "intfield" -> exchanged ? "realfield" : kind;
          case "realfield" -> exchanged ? "intfield" : kind;
          default -> kind;
        };
    return requireNonNull(grammar.get(known), kind);
  }

  private List<Form> shallow(String kind) {
    return switch (kind) {
      case "int" -> List.of(form("<intfield>"));
      case "double" -> List.of(form("<realfield>"));
      case "bool", "atom" -> List.of(form("<intfield> <relation> <integer>"));
      default -> forms(kind);
    };
  }

  static Form form(String written) {
    return Form.of(written, kind -> FORMS.containsKey(kind) || LEAVES.containsKey(kind));
  }

  Map<String, Object> facts() {
    List<Object> integers = exchanged ? REALS : INTEGERS;
    List<Object> reals = exchanged ? INTEGERS : REALS;
    Map<String, Object> facts = new HashMap<>();
    if (random.nextInt(12) > 0) {
      Map<String, Object> user = new HashMap<>();
      put(user, "Age", integers);
      put(user, "Level", integers);
      put(user, "Score", reals);
      put(user, "Active", List.of(true, false));
      put(user, "Country", TEXTS);
      put(user, "Card", List.of("visa", "amex", ""));
      put(user, "Tags", List.of(some(TEXTS), some(TEXTS)));
      put(user, "Scores", List.of(some(integers), some(integers.subList(0, 4)), List.of()));
      put(user, "Weights", List.of(some(reals), some(reals)));
      Map<String, Object> home = new HashMap<>();
      put(home, "City", TEXTS);
      put(home, "Floor", integers);
      put(user, "Home", List.of(home));
      facts.put("User", user);
    }
    Map<String, Object> order = new HashMap<>();
    put(order, "Amount", reals);
    put(order, "Count", integers);
    put(order, "Joined", List.of("2025-05-05T00:00:00Z", "2026-05-05T00:00:00Z"));
    put(order, "Extra", List.of(1L, 0.5, "x", List.of(), true));
    put(order, "Lines", List.of(lines(integers, reals)));
    facts.put("Order", order);
    return facts;
  }

  private List<Object> lines(List<Object> integers, List<Object> reals) {
    List<Object> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Map<String, Object> line = new HashMap<>();
      put(line, "Total", reals);
      put(line, "Kind", TEXTS);
      put(line, "Count", integers);
      put(line, "Paid", List.of(true, false));
      put(line, "Codes", List.of(some(integers)));
      lines.add(line);
    }
    return lines;
  }

  private List<Object> some(List<Object> values) {
    List<Object> some = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      some.add(oneOf(values));
    }
    return some;
  }

  private void put(Map<String, Object> into, String name, List<? extends Object> values) {
    if (random.nextInt(8) > 0) {
      into.put(name, oneOf(values));
    }
  }
}
