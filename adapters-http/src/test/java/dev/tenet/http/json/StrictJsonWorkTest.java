package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tenet.http.json.StrictJson.Malformed;
import java.lang.management.ManagementFactory;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What [StrictJson] spends on a document: memory in proportion to its length, and a stack that no nesting exhausts.
@Timeout(120)
final class StrictJsonWorkTest {

  private static final int SMALL = 1 << 15;
  private static final int TIMES = 16;

  /// A buffer or table that grows by doubling costs between once and three times what stands in it; quadratic work would
  /// cost 16 times as much.
  private static final double DOUBLED_BUFFERS = 3;

  private static final long TOLERANCE = 100_000;
  private static final long SMALL_STACK = 192 * 1024;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void memoryGrowsWithTheDocumentOnly(String name, IntFunction<String> shape) {
    byte[] small = shape.apply(SMALL).getBytes(UTF_8);
    byte[] large = shape.apply(SMALL * TIMES).getBytes(UTF_8);
    allocated(small);
    long few = allocated(small);
    long many = allocated(large);
    double longer = (double) large.length / small.length;
    assertThat(many)
        .as("%s: %d bytes for %d, %d for %d", name, few, small.length, many, large.length)
        .isLessThan((long) (few * longer * DOUBLED_BUFFERS) + TOLERANCE);
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        shape("elements", n -> "[" + "1,".repeat(n) + "1]"),
        shape("empty arrays", n -> "[" + "[],".repeat(n) + "[]]"),
        shape("doubles", n -> "[" + "1.5e3,".repeat(n) + "1]"),
        shape("members", n -> numbered(n, "\"k%06d\":1")),
        shape("members with one hash", StrictJsonWorkTest::colliding),
        shape("members that a fault ends", n -> numbered(n, "\"k%06d\":1") + "}"),
        shape("a string", n -> '"' + "a".repeat(n) + '"'),
        shape("a string without end", n -> '"' + "a".repeat(n)),
        shape("a string of three bytes each", n -> '"' + "\u2028".repeat(n) + '"'),
        shape("escapes", n -> '"' + "\\u00e9\\n".repeat(n) + '"'),
        shape("pairs", n -> '"' + "\\ud83d\\ude00".repeat(n) + '"'),
        shape("a name", n -> "{\"" + "a".repeat(n) + "\":1}"),
        shape("a name of escapes", n -> "{\"" + "\\n".repeat(n) + "\":1}"),
        shape("a name twice", n -> "{\"" + "~".repeat(n) + "\":1,\"" + "~".repeat(n) + "\":1}"),
        shape("a faulty value of a long name", n -> "{\"" + "/".repeat(n) + "\":x}"),
        shape("digits", "1"::repeat),
        shape("digits behind the point", n -> "0." + "1".repeat(n)),
        shape("digits of an exponent", n -> "1e" + "0".repeat(n)),
        shape(
            "numbers of a thousand digits",
            n -> "[" + ("1".repeat(999) + ".5,").repeat(n / 999) + "1]"),
        shape("open arrays", "["::repeat),
        shape("open objects", "{\"a\":"::repeat),
        shape("space", n -> " ".repeat(n) + "1" + "\r\n".repeat(n)),
        shape("a word", "a"::repeat),
        shape("commas", n -> "[" + ",".repeat(n)));
  }

  private static Arguments shape(String name, IntFunction<String> shape) {
    return Arguments.of(name, shape);
  }

  private static String numbered(int count, String member) {
    return IntStream.range(0, count)
        .mapToObj(member::formatted)
        .collect(Collectors.joining(",", "{", "}"));
  }

  /// `Aa` and `BB` have the same hash, and so have all strings of as many of them.
  private static String colliding(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                '"'
                    + IntStream.range(0, 20)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining())
                    + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  /// {@return the bytes that this thread allocated to parse the document}
  private static long allocated(byte[] document) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    outcome(document);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static String outcome(byte[] document) {
    try {
      StrictJson.parse(document);
      return "accepted";
    } catch (Malformed malformed) {
      return malformed.code();
    }
  }

  @Test
  void aSmallStackIsEnoughAtAnyDepth() throws Exception {
    var depths =
        IntStream.concat(
            IntStream.rangeClosed(1, 130), IntStream.of(10_000, 1_000_000, 10_000_000));
    var outcomes =
        new FutureTask<>(
            () -> {
              depths.forEach(StrictJsonWorkTest::nested);
              return "all refused beyond 64 levels";
            });
    new Thread(null, outcomes, "small-stack", SMALL_STACK).start();
    assertThat(outcomes.get()).isEqualTo("all refused beyond 64 levels");
  }

  private static void nested(int depth) {
    String expected = depth <= StrictJson.DEEPEST ? "accepted" : "json_too_deep";
    assertThat(outcome(("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8)))
        .as("%d arrays", depth)
        .isEqualTo(expected);
    assertThat(outcome(("{\"a\":".repeat(depth) + 1 + "}".repeat(depth)).getBytes(UTF_8)))
        .as("%d objects", depth)
        .isEqualTo(expected);
    assertThat(outcome("[{\"a\":".repeat(depth).getBytes(UTF_8)))
        .as("%d of each without end", depth)
        .isEqualTo(2 * depth <= StrictJson.DEEPEST ? "json_malformed" : "json_too_deep");
  }
}
