package dev.tenet.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.extension.JarBuilder;
import dev.tenet.spi.FunctionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionsCommandTest {

  @TempDir private Path temporary = Path.of("");

  private Path folder() throws IOException {
    return Files.createDirectories(temporary.resolve("extensions"));
  }

  private Path jar(String function) throws IOException {
    return new JarBuilder(folder().resolve("acme.jar"), temporary)
        .source(
            "acme.P",
            """
            package acme;
            import dev.tenet.domain.schema.FieldType;
            import dev.tenet.domain.schema.FieldType.Scalar;
            import dev.tenet.spi.*;
            import java.util.List;
            public final class P implements FunctionProvider {
              public String name() { return "acme"; }
              public List<Function> functions() {
                return List.of(
                    new Function("%s", List.of(Scalar.INT, new FieldType.ListOf(Scalar.STRING)),
                        Scalar.BOOL, 7, arguments -> true));
              }
            }
            """
                .formatted(function))
        .service(FunctionProvider.class.getName(), "acme.P")
        .build();
  }

  @Test
  void theListTellsWhatEachJarAddsAndWhatIsWrongWithIt() throws IOException {
    jar("acme.has");
    Path folder = folder();
    Files.writeString(folder.resolve("broken.jar"), "no jar");

    Tenet list = Tenet.run("extensions", "list", "--extensions", folder.toString());

    assertThat(list.status()).as(list.err()).isZero();
    assertThat(list.outLines())
        .startsWith(
            "acme.jar",
            "  functions acme (acme.P)",
            "    acme.has(int, list<string>): bool, cost 7",
            "broken.jar")
        .last()
        .asString()
        .startsWith("  fault: the jar cannot be opened; it may be incomplete: ");
  }

  @Test
  void theFolderMayBeNamedByTheEnvironment() throws IOException {
    jar("acme.has");
    Path folder = folder();

    assertThat(
            Tenet.run(Map.of("TENET_EXTENSIONS", folder.toString()), "", "extensions", "list")
                .outLines())
        .first()
        .isEqualTo("acme.jar");
    assertThat(Tenet.run("extensions", "list").outLines())
        .containsExactly("There are no extension jars.");
  }

  @Test
  void aFolderThatIsNotThereIsBadInput() {
    Tenet list = Tenet.run("extensions", "list", "--extensions", "nowhere");

    assertThat(list.status()).isEqualTo(2);
    assertThat(list.errLines()).singleElement().asString().contains("there is no folder");
  }

  @Test
  void aSoundJarPassesTheCheck() throws IOException {
    Tenet check = Tenet.run("extensions", "check", jar("acme.has").toString());

    assertThat(check.status()).as(check.err()).isZero();
    assertThat(check.outLines()).hasSize(3);
  }

  @Test
  void aJarWithAFaultFailsTheCheckWithTheReason() throws IOException {
    Tenet check = Tenet.run("extensions", "check", jar("size").toString());

    assertThat(check.status()).isEqualTo(1);
    assertThat(check.outLines())
        .containsExactly(
            "acme.jar",
            "  fault: provider acme.P: an extension's function has the name of a built-in function: size");
  }

  @Test
  void aFileThatIsNotThereIsBadInput() {
    Tenet check = Tenet.run("extensions", "check", "nowhere.jar");

    assertThat(check.status()).isEqualTo(2);
    assertThat(check.errLines()).containsExactly("tenet: There is no file \"nowhere.jar\".");
  }
}
