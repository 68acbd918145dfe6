package dev.tenet.bootstrap.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page of problems explains every code that the sources have, and no other.
final class ProblemsPageTest {

  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();
  private static final Pattern HEADING = Pattern.compile("(?m)^### (.+)$");

  /// In these modules every literal with an underscore is a code, but for a few.
  private static final List<String> CODES_ONLY = List.of("domain", "application", "adapters-http");

  private static final Pattern UNDERSCORED = Pattern.compile("\"([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\"");
  private static final Set<String> NO_CODES =
      Set.of(
          "rolled_back",
          "denials_dropped",
          "quota_reset",
          "api_key_issued",
          "api_key_revoked",
          "logging_changed",
          "plugin_published",
          "cache_ttl_sec",
          "timeout_ms");
  private static final Path NAMES_OF_CHANGES = Path.of("Change.java");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?:EvaluationFault\\s*\\.\\s*(?:of|exhausted)|RuleFault|Diagnostic\\s*\\.\\s*(?:error|warning))\\(\\s*\"([a-z0-9_]+)\"");
  private static final Pattern PROBLEM =
      Pattern.compile("Problem\\s*\\.\\s*of\\(\\s*\\d+,\\s*\"([a-z0-9_]+)\"");
  private static final Pattern NOT_FOUND =
      Pattern.compile(
          "(?:notFound\\(|NotFound<>\\(|\\.id\\(\\s*\"\\w+\",|tenant,)\\s*\"([a-z ]+)\"|\\? \"(schema version)\"");
  private static final Pattern OF_GUESTS = Pattern.compile("\"((?:plugin|script)_[a-z_]+)\"");
  private static final Pattern FLAG = Pattern.compile("flag\\(map, \"(\\w+)\", path\\)");

  @Test
  void explainsEveryCodeAndNoOther() {
    Set<String> codes = new TreeSet<>();
    for (String module : CODES_ONLY) {
      codes.addAll(found(module, UNDERSCORED, code -> code));
      codes.addAll(found(module, NOT_FOUND, what -> what.replace(' ', '_') + "_not_found"));
    }
    codes.addAll(found("adapters-http", PROBLEM, code -> code));
    codes.addAll(found("domain", FLAG, key -> key + "_invalid"));
    codes.addAll(found("adapters-cel", NAMED, code -> code));
    codes.addAll(found("adapters-wasm", OF_GUESTS, code -> code));
    codes.removeAll(NO_CODES);
    assertThat(codes).hasSizeGreaterThan(100);
    assertThat(explained()).containsExactlyElementsOf(codes);
  }

  @Test
  void isWhatTheServerHandsOut() throws IOException {
    try (OpenApiServer server = OpenApiServer.start()) {
      WireAnswer answer = server.send(WireRequest.of("GET", "/docs/problems")).expect(200);
      assertThat(answer.text()).isEqualTo(Files.readString(page()));
    }
  }

  private static Path page() {
    return ROOT.resolve("docs/problems.md");
  }

  private static Set<String> explained() {
    try {
      return all(HEADING, Files.readString(page())).collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> found(String module, Pattern pattern, Function<String, String> code) {
    Path sources = ROOT.resolve(module).resolve("src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith(NAMES_OF_CHANGES))
          .flatMap(file -> all(pattern, read(file)))
          .map(code)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> all(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().map(match -> match.group(1) == null ? match.group(2) : match.group(1));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
