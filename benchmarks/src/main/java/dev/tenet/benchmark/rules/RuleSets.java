package dev.tenet.benchmark.rules;

import dev.tenet.benchmark.rules.Term.Arithmetic;
import dev.tenet.benchmark.rules.Term.Comparison;
import dev.tenet.benchmark.rules.Term.OneOf;
import dev.tenet.benchmark.rules.Term.Operand;
import dev.tenet.benchmark.rules.Term.Subject;
import dev.tenet.benchmark.rules.Term.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Makes rules of the kinds that card payments are judged by. The same seed gives the same rules, and a smaller set is the
/// beginning of a larger one.
public final class RuleSets {

  private static final int EVERY_FIFTH = 5;

  private final SplittableRandom random;

  private RuleSets(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// {@return as many rules as wanted}
  public static List<GeneratedRule> generate(RuleShape shape, int count, long seed) {
    RuleSets sets = new RuleSets(seed);
    List<GeneratedRule> rules = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = "rule " + i;
      rules.add(
          switch (shape) {
            case SELECTIVE -> sets.selective(name, i);
            case BROAD -> sets.broad(name, i);
            case PARTLY_INDEXABLE ->
                i % EVERY_FIFTH == EVERY_FIFTH - 1
                    ? sets.calculated(name)
                    : sets.selective(name, i);
          });
    }
    return rules;
  }

  private GeneratedRule selective(String name, int number) {
    return switch (number % 4) {
      case 0 -> expensive(name);
      case 1 -> frequent(name);
      case 2 -> merchants(name);
      default -> abroad(name);
    };
  }

  private GeneratedRule expensive(String name) {
    long age = random.nextInt(18, 90);
    String country = Sample.one(Sample.COUNTRIES, random);
    double amount = Sample.cents(random.nextDouble(500, 2_000));
    return new GeneratedRule(
        name,
        List.of(
            integer(Subject.USER, "Age", ">=", age),
            Comparison.ofText(Subject.USER, "Country", "==", country),
            real(Subject.TRANSACTION, "Amount", ">", amount)),
        facts ->
            facts.user().age() >= age
                && facts.user().country().equals(country)
                && facts.transaction().amount() > amount);
  }

  private GeneratedRule frequent(String name) {
    double score = random.nextInt(200, 600) / 1_000.0;
    String currency = Sample.one(Sample.CURRENCIES, random);
    long count = random.nextInt(14, 18);
    return new GeneratedRule(
        name,
        List.of(
            real(Subject.USER, "Score", "<", score),
            new Truth(Subject.USER, "Active"),
            Comparison.ofText(Subject.TRANSACTION, "Currency", "==", currency),
            integer(Subject.TRANSACTION, "Count", ">=", count)),
        facts ->
            facts.user().score() < score
                && facts.user().active()
                && facts.transaction().currency().equals(currency)
                && facts.transaction().count() >= count);
  }

  private GeneratedRule merchants(String name) {
    int first = random.nextInt(Sample.MERCHANTS);
    String one = Sample.merchant(first);
    String other =
        Sample.merchant((first + random.nextInt(1, Sample.MERCHANTS)) % Sample.MERCHANTS);
    String level = Sample.one(Sample.LEVELS, random);
    double amount = Sample.cents(random.nextDouble(100, 1_000));
    return new GeneratedRule(
        name,
        List.of(
            new OneOf(Subject.TRANSACTION, "Merchant", List.of(one, other)),
            Comparison.ofText(Subject.USER, "Level", "==", level),
            real(Subject.TRANSACTION, "Amount", "<=", amount)),
        facts ->
            (facts.transaction().merchant().equals(one)
                    || facts.transaction().merchant().equals(other))
                && facts.user().level().equals(level)
                && facts.transaction().amount() <= amount);
  }

  private GeneratedRule abroad(String name) {
    String country = Sample.one(Sample.COUNTRIES, random);
    long hour = random.nextInt(14, 22);
    String level = Sample.one(Sample.LEVELS, random);
    return new GeneratedRule(
        name,
        List.of(
            new Truth(Subject.TRANSACTION, "Foreign"),
            Comparison.ofText(Subject.USER, "Country", "!=", country),
            integer(Subject.TRANSACTION, "Hour", ">", hour),
            Comparison.ofText(Subject.USER, "Level", "==", level)),
        facts ->
            facts.transaction().foreign()
                && !facts.user().country().equals(country)
                && facts.transaction().hour() > hour
                && facts.user().level().equals(level));
  }

  private GeneratedRule broad(String name, int number) {
    return switch (number % 3) {
      case 0 -> {
        long age = random.nextInt(18, 75);
        double amount = Sample.cents(random.nextDouble(20, 250));
        yield new GeneratedRule(
            name,
            List.of(
                integer(Subject.USER, "Age", ">=", age),
                real(Subject.TRANSACTION, "Amount", ">", amount)),
            facts -> facts.user().age() >= age && facts.transaction().amount() > amount);
      }
      case 1 -> {
        String country = Sample.one(Sample.COUNTRIES, random);
        long hour = random.nextInt(4, 12);
        yield new GeneratedRule(
            name,
            List.of(
                Comparison.ofText(Subject.USER, "Country", "!=", country),
                integer(Subject.TRANSACTION, "Hour", "<", hour)),
            facts -> !facts.user().country().equals(country) && facts.transaction().hour() < hour);
      }
      default -> {
        double score = random.nextInt(200, 600) / 1_000.0;
        String currency = Sample.one(Sample.CURRENCIES, random);
        yield new GeneratedRule(
            name,
            List.of(
                new Truth(Subject.USER, "Active"),
                real(Subject.USER, "Score", ">=", score),
                Comparison.ofText(Subject.TRANSACTION, "Currency", "!=", currency)),
            facts ->
                facts.user().active()
                    && facts.user().score() >= score
                    && !facts.transaction().currency().equals(currency));
      }
    };
  }

  private GeneratedRule calculated(String name) {
    long low = random.nextInt(30, 110);
    long high = low + 1 + low / 24;
    Operand age = new Operand(Subject.USER, "Age");
    Operand amount = new Operand(Subject.TRANSACTION, "Amount");
    return new GeneratedRule(
        name,
        List.of(
            new Arithmetic(age, low, new Operand(Subject.TRANSACTION, "Count"), "<", amount),
            new Arithmetic(age, high, new Operand(Subject.TRANSACTION, "Hour"), ">", amount)),
        facts ->
            facts.user().age() * low + facts.transaction().count() < facts.transaction().amount()
                && facts.user().age() * high + facts.transaction().hour()
                    > facts.transaction().amount());
  }

  private static Term integer(Subject subject, String field, String operator, long value) {
    return new Comparison(subject, field, operator, Long.toString(value));
  }

  private static Term real(Subject subject, String field, String operator, double value) {
    return new Comparison(subject, field, operator, Double.toString(value));
  }
}
