package dev.tenet.http.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every catalogue there is explains every code that `docs/problems.md` explains, and no other.
final class CatalogueFilesTest {

  private static final Path MODULE =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();
  private static final Path CATALOGUES =
      MODULE.resolve("src/main/resources/dev/tenet/http/problem");
  private static final Path PAGE = MODULE.resolve("../docs/problems.md");
  private static final Pattern CODE = Pattern.compile("(?m)^### (\\w+)$");
  private static final Pattern KEY = Pattern.compile("(?m)^([\\w.]+?)\\s*=");
  private static final Pattern TAG = Pattern.compile("messages_(\\w+)\\.properties");
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CATALOGUES)) {
      return files.toList();
    }
  }

  private static Set<String> keys() throws IOException {
    return found(CODE, Files.readString(PAGE))
        .flatMap(code -> Stream.of(code + ".title", code + ".message"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }

  @Test
  void thereIsGerman() throws IOException {
    assertThat(files()).contains(CATALOGUES.resolve("messages_de.properties"));
    assertThat(keys()).hasSizeGreaterThan(200);
  }

  @ParameterizedTest
  @MethodSource("files")
  void hasATitleAndAMessageForEachCodeAndNothingElse(Path file) throws IOException {
    Set<String> left = keys();
    Set<String> faults = new TreeSet<>();
    found(KEY, Files.readString(file))
        .filter(key -> !left.remove(key))
        .forEach(key -> faults.add(key + " stands twice, or is for no section of the page"));
    left.forEach(key -> faults.add(key + " is missing"));
    assertThat(faults).as("%s beside %s", file, PAGE.normalize()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isReadByTheServer(Path file) throws IOException {
    String tag =
        TAG.matcher(file.getFileName().toString())
            .results()
            .map(match -> match.group(1).replace('_', '-'))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no catalogue: " + file));
    assertThat(Locale.getISOLanguages())
        .as("%s is named messages_TAG.properties, with the tag of a language", file)
        .contains(Locale.forLanguageTag(tag).getLanguage());
    assertThat(Catalogues.present().translation("internal_error", tag))
        .map(Translation::language)
        .contains(Locale.forLanguageTag(tag).toLanguageTag());
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsWell(Path file) throws IOException {
    var entries = new PropertyResourceBundle(Files.newBufferedReader(file, UTF_8));
    Set<String> faults = new TreeSet<>();
    for (String key : entries.keySet()) {
      String text = entries.getString(key);
      if (text.isBlank() || !text.equals(text.strip())) {
        faults.add(key + " is blank, or has white space around it");
      } else if (text.endsWith(".") != key.endsWith(".message")) {
        faults.add(key + ": a message ends with a full stop, a title does not");
      }
      if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\ufffd')) {
        faults.add(key + " has characters that cannot be printed");
      }
      if (readInTheWrongCharset(text)) {
        faults.add(key + " was written in UTF-8 and read in another charset: " + text);
      }
    }
    assertThat(faults).as("%s", file).isEmpty();
  }

  @Test
  void knowsTextReadInTheWrongCharset() {
    assertThat(readInTheWrongCharset("Zu groß für „alle“")).isFalse();
    assertThat(readInTheWrongCharset("Too large")).isFalse();
    assertThat(readInTheWrongCharset("zu groÃŸ")).isTrue();
    assertThat(readInTheWrongCharset("fÃ¼r")).isTrue();
  }

  /// Whether the bytes of the text in Windows' charset are UTF-8 with more than ASCII, which is no chance.
  private static boolean readInTheWrongCharset(String text) {
    try {
      ByteBuffer bytes = WINDOWS.newEncoder().encode(CharBuffer.wrap(text));
      return !UTF_8.newDecoder().decode(bytes).toString().equals(text);
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
