package dev.tenet.benchmark.contestant;

import dev.tenet.benchmark.rules.Sample;
import dev.tenet.benchmark.rules.User;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// A single condition, with facts for it. Every term and every element is looked at, or nearly.
public enum Question {
  /// Three comparisons of fields with constants.
  SIMPLE(
      "User.Age >= 18 && User.Country == \"CA\" && Transaction.Amount > 1000.0",
      "User.Age >= 18 && User.Country == \"CA\" && Transaction.Amount > 1000.0") {

    @Override
    public Map<String, Map<String, String>> schema() {
      return Sample.SCHEMA;
    }

    @Override
    public List<Map<String, Map<String, Object>>> facts() {
      return samples().stream().map(Sample::plain).toList();
    }

    @Override
    IntPredicate handWritten() {
      Sample[] samples = samples().toArray(Sample[]::new);
      return number -> {
        Sample facts = samples[number];
        return facts.user().age() >= 18
            && facts.user().country().equals("CA")
            && facts.transaction().amount() > 1000.0;
      };
    }

    private static List<Sample> samples() {
      return Sample.generate(SAMPLES, SEED).stream()
          .map(
              sample ->
                  new Sample(
                      new User(
                          sample.user().age(),
                          "CA",
                          sample.user().score(),
                          sample.user().active(),
                          sample.user().level()),
                      sample.transaction()))
          .toList();
    }
  },

  /// A comprehension over a list of 20 numbers.
  COMPREHENSION(
      "Basket.Prices.all(price, price > 0.5 && price < 1000.0)",
      "seq.every(Basket.Prices, lambda(price) -> price > 0.5 && price < 1000.0 end)") {

    @Override
    public Map<String, Map<String, String>> schema() {
      return Map.of("Basket", Map.of("Prices", "list<float64>"));
    }

    @Override
    public List<Map<String, Map<String, Object>>> facts() {
      return IntStream.range(0, SAMPLES)
          .mapToObj(
              number ->
                  Map.of(
                      "Basket",
                      Map.<String, Object>of(
                          "Prices", Arrays.stream(prices(number)).boxed().toList())))
          .toList();
    }

    @Override
    IntPredicate handWritten() {
      double[][] baskets =
          IntStream.range(0, SAMPLES).mapToObj(number -> prices(number)).toArray(double[][]::new);
      return number -> {
        for (double price : baskets[number]) {
          if (!(price > 0.5 && price < 1000.0)) {
            return false;
          }
        }
        return true;
      };
    }

    private static double[] prices(int number) {
      return new SplittableRandom(SEED + number).doubles(ELEMENTS, 1, 999).toArray();
    }
  };

  /// How many sets of facts there are, a power of two.
  public static final int SAMPLES = 16;

  private static final long SEED = 20_261_121;
  private static final int ELEMENTS = 20;

  private final String cel;
  private final String aviator;

  Question(String cel, String aviator) {
    this.cel = cel;
    this.aviator = aviator;
  }

  /// {@return the schema of the facts, as it is written}
  public abstract Map<String, Map<String, String>> schema();

  /// {@return the condition in CEL}
  public String cel() {
    return cel;
  }

  /// {@return the condition for Aviator}
  String aviator() {
    return aviator;
  }

  /// {@return the sets of facts, as plain JSON values}
  public abstract List<Map<String, Map<String, Object>>> facts();

  /// {@return the condition as a person would write it, over facts in records and arrays}
  abstract IntPredicate handWritten();
}
