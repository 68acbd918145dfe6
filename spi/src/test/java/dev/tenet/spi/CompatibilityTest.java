package dev.tenet.spi;

import static org.assertj.core.api.Assertions.assertThat;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Extensions that were compiled against the SPI as it was recorded go on working, and can be compiled again.
class CompatibilityTest {

  private static final Path RECORDED = Path.of("api", "tenet-spi.jar");

  private static final String REMEDY =
      "The SPI has changed in a way that breaks extensions. Give what is new a default, and leave what is there; "
          + "or, to break them on purpose, say so in CHANGELOG.md, and record the SPI as it is now: "
          + "./mvnw -q package -pl spi -am -DskipTests && cp spi/target/tenet-spi-*-SNAPSHOT.jar spi/api/tenet-spi.jar";

  @TempDir private Path temporary = Path.of("");

  @Test
  void nothingBreaksExtensions() throws IOException, URISyntaxException {
    var recorded = new JApiCmpArchive(Path.of(basedir()).resolve(RECORDED).toFile(), "recorded");

    assertThat(breaks(recorded, archive(classes()))).as(REMEDY).isEmpty();
  }

  private static String basedir() {
    return System.getProperty("basedir", "");
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(Function.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int a(); int b();         | int a();                  | true
          int a();                  | int a(); int b();         | true
          int a();                  | long a();                 | true
          int a();                  | int a(int b);             | true
          record R(int a) {}        | record R(int a, int b) {} | true
          int a();                  | int a(); default int b() { return 1; } | false
          int a();                  | int a(); record R(int a) {} | false
          """)
  void whatBreaksIsFound(String before, String after, boolean breaks) throws IOException {
    List<String> found = breaks(compiled("before", before), compiled("after", after));

    assertThat(!found.isEmpty()).as(found.toString()).isEqualTo(breaks);
  }

  private JApiCmpArchive compiled(String name, String members) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve(name));
    Path source = folder.resolve("Sample.java");
    Files.writeString(source, "public interface Sample { " + members + " }");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
    assertThat(status).isZero();
    return archive(folder);
  }

  private static JApiCmpArchive archive(Path classes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarOutputStream(bytes);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
    return new JApiCmpArchive(bytes.toByteArray(), "compiled", classes.toString());
  }

  /// {@return a line for each change that breaks something}
  private static List<String> breaks(JApiCmpArchive before, JApiCmpArchive after) {
    var options = new JarArchiveComparatorOptions();
    options
        .getClassPathEntries()
        .addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
    return new JarArchiveComparator(options)
        .compare(before, after).stream().flatMap(CompatibilityTest::breaks).distinct().toList();
  }

  private static Stream<String> breaks(JApiClass type) {
    String name = type.getFullyQualifiedName();
    return Stream.of(
            line(name, type),
            type.getMethods().stream()
                .flatMap(
                    method ->
                        Stream.concat(
                            line(name + "." + method.getName(), method),
                            line(name + "." + method.getName(), method.getReturnType()))),
            type.getConstructors().stream().flatMap(made -> line(name, made)),
            type.getFields().stream().flatMap(field -> line(name + "." + field.getName(), field)),
            type.getInterfaces().stream().flatMap(parent -> line(name, parent)),
            line(name, type.getSuperclass()))
        .flatMap(lines -> lines);
  }

  private static Stream<String> line(String where, JApiCompatibility element) {
    return element.getCompatibilityChanges().stream()
        .filter(change -> !change.isBinaryCompatible() || !change.isSourceCompatible())
        .map(change -> "%s: %s".formatted(where, change.getType()));
  }
}
