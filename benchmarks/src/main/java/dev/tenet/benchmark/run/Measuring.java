package dev.tenet.benchmark.run;

import dev.tenet.benchmark.http.HttpShare;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures, one thing after the other.
public final class Measuring {

  /// Requests a second of the evaluate endpoint and of fixed answers, and the share of the one in the other.
  public static final String HTTP = "HttpShare";

  /// Which server of Tenet.
  public static final String SERVER = "server";

  /// A server that asks nobody who they are, and logs no request.
  public static final String OPEN = "open";

  /// A server with authentication, quota, metrics and access log.
  public static final String GOVERNED = "governed";

  /// What is asked for, or what it is compared with.
  public static final String ANSWER = "answer";

  /// The answer to facts.
  public static final String EVALUATED = "evaluated";

  /// The fixed answer of the same server.
  public static final String FIXED = "fixed";

  /// The fixed answer of a server that does nothing else.
  public static final String BARE = "bare";

  /// The unit of [#HTTP]'s share.
  public static final String SHARE = "share";

  /// The unit of requests a second.
  public static final String PER_SECOND = "1/s";

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String PACKAGE = "dev.tenet.benchmark.jmh.";

  static {
    // Otherwise JMH takes a lock that belongs to whoever ran it first on this machine.
    System.setProperty("jmh.ignoreLock", "true");
  }

  private final Effort effort;
  private final Consumer<String> progress;

  /// @param progress is told what begins, and what failed
  public Measuring(Effort effort, Consumer<String> progress) {
    this.effort = effort;
    this.progress = progress;
  }

  /// {@return all values of the plan, and those of the server; without those of a benchmark that failed}
  public Scores measure(List<Measurement> plan) throws InterruptedException {
    List<Score> scores = new ArrayList<>();
    int all = plan.size() + 1;
    boolean complete = true;
    for (Measurement measurement : plan) {
      progress.accept(
          "%d of %d: %s".formatted(plan.indexOf(measurement) + 1, all, measurement.title()));
      try {
        scores.addAll(run(measurement));
      } catch (IllegalStateException e) {
        progress.accept(e.getMessage());
        complete = false;
      }
    }
    progress.accept("%d of %d: requests a second".formatted(all, all));
    try {
      scores.addAll(http());
    } catch (IOException e) {
      progress.accept("The requests failed: " + e.getMessage());
      complete = false;
    }
    return new Scores(scores, complete);
  }

  /// {@return the values of one benchmark with one choice of parameters}
  ///
  /// @throws IllegalStateException when it fails
  List<Score> run(Measurement measurement) {
    TimeValue time = TimeValue.milliseconds(effort.iteration().toMillis());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(PACKAGE + measurement.benchmark()) + "$")
            .forks(effort.forks())
            .threads(1)
            .timeUnit(TimeUnit.NANOSECONDS)
            .timeout(TimeValue.minutes(10))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    measurement
        .parameters()
        .forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    if (measurement.slow()) {
      options
          .mode(Mode.SingleShotTime)
          .warmupIterations(effort.coldShots())
          .measurementIterations(effort.shots());
    } else {
      options
          .warmupIterations(effort.warmUps())
          .warmupTime(time)
          .measurementIterations(effort.iterations())
          .measurementTime(time);
    }
    if (measurement.allocations()) {
      options.addProfiler(GCProfiler.class);
    }
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      if (results.size() != 1) {
        throw new IllegalStateException(
            "%d benchmarks are named %s".formatted(results.size(), measurement.benchmark()));
      }
      return scores(measurement, results.iterator().next());
    } catch (RunnerException e) {
      throw new IllegalStateException(
          "The benchmark %s failed: %s".formatted(measurement.title(), e.getMessage()), e);
    }
  }

  private static List<Score> scores(Measurement measurement, RunResult result) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String name : result.getParams().getParamsKeys()) {
      parameters.put(name, result.getParams().getParam(name));
    }
    List<Score> scores = new ArrayList<>();
    scores.add(score(measurement, parameters, result.getPrimaryResult(), Score.NANOSECONDS));
    result
        .getSecondaryResults()
        .forEach(
            (name, value) -> {
              if (name.endsWith(ALLOCATED)) {
                scores.add(score(measurement, parameters, value, Score.BYTES));
              }
            });
    return scores;
  }

  private static Score score(
      Measurement measurement,
      SortedMap<String, String> parameters,
      Result<?> result,
      String unit) {
    return new Score(
        measurement.benchmark(), parameters, median(result), result.getScoreError(), unit);
  }

  /// {@return the median of the iterations, which those in which the machine did something else do not move}
  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }

  List<Score> http() throws IOException, InterruptedException {
    HttpShare.Seen seen =
        HttpShare.measure(effort.http().warmUp(), effort.http().rounds(), effort.http().turn());
    List<Score> scores = new ArrayList<>();
    scores.add(http(Map.of(ANSWER, BARE), seen.bare(), PER_SECOND));
    scores.addAll(http(OPEN, seen.open()));
    scores.addAll(http(GOVERNED, seen.governed()));
    return scores;
  }

  private static List<Score> http(String server, HttpShare.Served served) {
    return List.of(
        http(Map.of(SERVER, server, ANSWER, EVALUATED), served.evaluations(), PER_SECOND),
        http(Map.of(SERVER, server, ANSWER, FIXED), served.fixed(), PER_SECOND),
        http(Map.of(SERVER, server, ANSWER, FIXED), served.share(), SHARE),
        http(Map.of(SERVER, server, ANSWER, BARE), served.bareShare(), SHARE));
  }

  private static Score http(Map<String, String> parameters, double value, String unit) {
    return new Score(HTTP, new TreeMap<>(parameters), value, Double.NaN, unit);
  }
}
