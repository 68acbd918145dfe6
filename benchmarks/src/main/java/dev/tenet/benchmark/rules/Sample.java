package dev.tenet.benchmark.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// One set of facts.
public record Sample(User user, Transaction transaction) {

  /// The schema of samples, as it is written.
  public static final Map<String, Map<String, String>> SCHEMA =
      Map.of(
          "User",
          Map.of(
              "Age", "int",
              "Country", "string",
              "Score", "float64",
              "Active", "bool",
              "Level", "string"),
          "Transaction",
          Map.of(
              "Amount", "float64",
              "Currency", "string",
              "Count", "int",
              "Merchant", "string",
              "Foreign", "bool",
              "Hour", "int"));

  static final List<String> COUNTRIES =
      List.of(
          "AT", "AU", "BE", "BR", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "JP",
          "NL", "NO", "PL", "SE", "US");
  static final List<String> CURRENCIES =
      List.of("AUD", "BRL", "CAD", "CHF", "EUR", "GBP", "JPY", "USD");
  static final List<String> LEVELS = List.of("basic", "silver", "gold", "staff");
  static final int MERCHANTS = 50;

  private static final int YOUNGEST = 18;
  private static final int OLDEST = 90;
  private static final int MOST_COUNTED = 20;
  private static final int HOURS = 24;
  private static final double DECADES = 4;

  /// {@return as many samples as wanted, always the same for the same seed}
  public static List<Sample> generate(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sample> samples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      samples.add(
          new Sample(
              new User(
                  random.nextInt(YOUNGEST, OLDEST + 1),
                  one(COUNTRIES, random),
                  random.nextDouble(),
                  random.nextBoolean(),
                  one(LEVELS, random)),
              new Transaction(
                  cents(Math.pow(10, DECADES * random.nextDouble())),
                  one(CURRENCIES, random),
                  random.nextInt(MOST_COUNTED),
                  merchant(random.nextInt(MERCHANTS)),
                  random.nextInt(10) == 0,
                  random.nextInt(HOURS))));
    }
    return samples;
  }

  static double cents(double amount) {
    return Math.rint(amount * 100) / 100;
  }

  static String merchant(int number) {
    return "merchant-" + number;
  }

  static String one(List<String> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }

  /// {@return the facts as plain JSON values}
  public Map<String, Map<String, Object>> plain() {
    Map<String, Object> who = new LinkedHashMap<>();
    who.put("Age", user.age());
    who.put("Country", user.country());
    who.put("Score", user.score());
    who.put("Active", user.active());
    who.put("Level", user.level());
    Map<String, Object> what = new LinkedHashMap<>();
    what.put("Amount", transaction.amount());
    what.put("Currency", transaction.currency());
    what.put("Count", transaction.count());
    what.put("Merchant", transaction.merchant());
    what.put("Foreign", transaction.foreign());
    what.put("Hour", transaction.hour());
    return Map.of("User", who, "Transaction", what);
  }

  /// {@return the facts as a JSON document}
  public String json() {
    return """
        {"User": {"Age": %d, "Country": "%s", "Score": %s, "Active": %s, "Level": "%s"}, \
        "Transaction": {"Amount": %s, "Currency": "%s", "Count": %d, "Merchant": "%s", "Foreign": %s, "Hour": %d}}"""
        .formatted(
            user.age(),
            user.country(),
            user.score(),
            user.active(),
            user.level(),
            transaction.amount(),
            transaction.currency(),
            transaction.count(),
            transaction.merchant(),
            transaction.foreign(),
            transaction.hour());
  }
}
