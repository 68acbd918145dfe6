package dev.tenet.bootstrap.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.extension.ExtensionFolder.Change;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.FunctionProvider;
import dev.tenet.spi.StoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder of extensions whose jars come, change and go.
class ChangingFolderTest {

  private static final String FUNCTIONS = FunctionProvider.class.getName();

  @TempDir private Path temporary = Path.of("");
  private Path jars = Path.of("");
  private Path made = Path.of("");
  private Optional<ExtensionFolder> opened = Optional.empty();

  @BeforeEach
  void createFolders() throws IOException {
    jars = Files.createDirectory(temporary.resolve("extensions"));
    made = Files.createDirectory(temporary.resolve("made"));
  }

  @AfterEach
  void close() {
    opened.ifPresent(ExtensionFolder::close);
  }

  private ExtensionFolder open() {
    var folder =
        ExtensionFolder.open(
            Optional.of(jars), new CelRuleCompiler(Limits.DEFAULT, List.of())::requireFit);
    opened = Optional.of(folder);
    return folder;
  }

  /// A jar of a function without parameters that gives this text, by a class which nobody needs before the first call.
  private Path made(String name, String function, String text) throws IOException {
    return new JarBuilder(made.resolve(name), temporary)
        .source(
            "acme.Late",
            """
            package acme;
            final class Late {
              static String text() throws java.io.IOException {
                try (var in = Late.class.getResourceAsStream("/acme/text.txt")) {
                  return "%s" + (in == null ? "" : new String(in.readAllBytes()));
                }
              }
            }
            """
                .formatted(text))
        .source(
            "acme.P",
            """
            package acme;
            import dev.tenet.domain.schema.FieldType.Scalar;
            import dev.tenet.spi.*;
            import java.util.List;
            public final class P implements FunctionProvider {
              public String name() { return "acme"; }
              public List<Function> functions() {
                return List.of(
                    new Function("%s", List.of(), Scalar.STRING, 1, arguments -> {
                      try {
                        return Late.text();
                      } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                      }
                    }));
              }
            }
            """
                .formatted(function))
        .service(FUNCTIONS, "acme.P")
        .build();
  }

  private void put(Path jar, String name) throws IOException {
    Files.move(jar, jars.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /// {@return the functions of jars, without those that are compiled in}
  private static List<Function> functions(Extensions extensions) {
    return extensions.parts().functions().stream()
        .filter(
            function -> function.body().getClass().getClassLoader() instanceof ExtensionClassLoader)
        .toList();
  }

  private static Object call(Extensions extensions) {
    return call(functions(extensions).getFirst());
  }

  private static Object call(Function function) {
    Object result = function.body().call(Arrays.asList());
    return result == null ? "" : result;
  }

  /// {@return what two looks change, of which the first must change nothing}
  private static Change taken(ExtensionFolder folder) {
    assertThat(folder.look()).isEmpty();
    return folder.look().orElseThrow();
  }

  @Test
  void aJarIsTakenOnceItStaysAsItIs() throws IOException {
    ExtensionFolder folder = open();
    byte[] whole = Files.readAllBytes(made("a.jar", "acme.text", "one"));
    for (int length : List.of(whole.length / 3, whole.length / 2, whole.length)) {
      Files.write(jars.resolve("a.jar"), Arrays.copyOf(whole, length));
      assertThat(folder.look()).isEmpty();
    }

    Change change = folder.look().orElseThrow();

    assertThat(change.came()).containsExactly("a.jar");
    assertThat(change.faults()).isEmpty();
    assertThat(call(change.now())).isEqualTo("one");
    assertThat(folder.look()).isEmpty();
  }

  @Test
  void whoStillRunsAReplacedJarNoticesNothing() throws IOException {
    put(made("a.jar", "acme.text", "one"), "a.jar");
    ExtensionFolder folder = open();
    Function before = functions(folder.present()).getFirst();

    Files.write(
        jars.resolve("a.jar"), Files.readAllBytes(made("b.jar", "acme.text", "two, and longer")));
    Change change = taken(folder);
    folder.retire();

    assertThat(change.came()).containsExactly("a.jar");
    assertThat(call(change.now())).isEqualTo("two, and longer");
    assertThat(call(before)).isEqualTo("one");
  }

  @Test
  void aRemovedJarIsGoneAtTheSecondLook() throws IOException {
    put(made("a.jar", "acme.text", "one"), "a.jar");
    ExtensionFolder folder = open();

    Files.delete(jars.resolve("a.jar"));
    Change change = taken(folder);

    assertThat(change.went()).containsExactly("a.jar");
    assertThat(functions(change.now())).isEmpty();
    assertThat(change.now().jars()).isEmpty();
  }

  @Test
  void aBadReplacementIsReportedOnceAndTheVersionBeforeGoesOn() throws IOException {
    put(made("a.jar", "acme.text", "one"), "a.jar");
    ExtensionFolder folder = open();
    List<Function> before = functions(folder.present());

    Files.writeString(jars.resolve("a.jar"), "no jar");
    Change broken = taken(folder);

    assertThat(broken.came()).isEmpty();
    assertThat(functions(broken.now())).isEqualTo(before);
    assertThat(broken.faults())
        .singleElement()
        .asString()
        .startsWith("a.jar: the jar cannot be opened; it may be incomplete: ")
        .endsWith("; the version before goes on.");
    assertThat(folder.look()).isEmpty();
    assertThat(folder.present().jars().getFirst().providers()).hasSize(1);
    assertThat(call(folder.present())).isEqualTo("one");

    put(made("a.jar", "acme.text", "two"), "a.jar");
    Change repaired = taken(folder);
    assertThat(repaired.now().faults()).isEmpty();
    assertThat(call(repaired.now())).isEqualTo("two");
  }

  @Test
  void aReplacementThatTakesAnothersFunctionIsNotTaken() throws IOException {
    put(made("a.jar", "acme.one", "one"), "a.jar");
    put(made("b.jar", "acme.two", "two"), "b.jar");
    ExtensionFolder folder = open();

    put(made("b.jar", "acme.one", "other"), "b.jar");
    Change change = taken(folder);

    assertThat(change.came()).isEmpty();
    assertThat(functions(change.now()))
        .extracting(Function::name)
        .containsExactly("acme.one", "acme.two");
    assertThat(change.faults())
        .containsExactly(
            "b.jar: provider acme.P: the function acme.one is already there, from a.jar; "
                + "all functions of this provider are left out; the version before goes on.");
  }

  @Test
  void twoJarsMayExchangeTheirFunctions() throws IOException {
    put(made("a.jar", "acme.one", "one"), "a.jar");
    put(made("b.jar", "acme.two", "two"), "b.jar");
    ExtensionFolder folder = open();

    put(made("a.jar", "acme.two", "two of a"), "a.jar");
    put(made("b.jar", "acme.one", "one of b"), "b.jar");
    Change change = taken(folder);

    assertThat(change.came()).containsExactly("a.jar", "b.jar");
    assertThat(functions(change.now()))
        .extracting(ChangingFolderTest::call)
        .containsExactly("two of a", "one of b");
  }

  @Test
  void storesAndListenersComeAndGo() throws IOException {
    ExtensionFolder folder = open();
    new JarBuilder(jars.resolve("a.jar"), temporary)
        .source(
            "acme.Store",
            """
            package acme;
            public final class Store implements dev.tenet.spi.StoreProvider {
              public String name() { return "acme"; }
              public OpenStore open(Settings settings) { throw new IllegalArgumentException("no"); }
            }
            """)
        .source(
            "acme.Listener",
            """
            package acme;
            public final class Listener implements dev.tenet.spi.DecisionListener {
              public String name() { return "acme"; }
              public void decided(
                  dev.tenet.domain.tenant.TenantId tenant,
                  dev.tenet.domain.evaluation.Facts facts,
                  dev.tenet.domain.evaluation.Decision decision) {}
            }
            """)
        .service(StoreProvider.class.getName(), "acme.Store")
        .service(DecisionListener.class.getName(), "acme.Listener")
        .build();

    Extensions now = taken(folder).now();

    assertThat(now.store("acme")).isPresent();
    assertThat(now.parts().listeners()).hasSize(1);
    assertThat(now.jars().getFirst().providers())
        .extracting(provider -> provider.kind().words())
        .containsExactly("store", "decision listener");
    Files.delete(jars.resolve("a.jar"));
    assertThat(taken(folder).now().store("acme")).isEmpty();
  }

  @Test
  void aFolderThatIsAwayForAWhileChangesNothing() throws IOException {
    put(made("a.jar", "acme.text", "one"), "a.jar");
    ExtensionFolder folder = open();
    Path away = temporary.resolve("away");
    Files.move(jars, away);

    Change change = folder.look().orElseThrow();
    assertThat(change.faults()).singleElement().asString().contains("the folder cannot be read");
    assertThat(folder.look()).isEmpty();
    assertThat(functions(folder.present())).hasSize(1);

    Files.move(away, jars);
    Change back = folder.look().orElseThrow();
    assertThat(back.now().faults()).isEmpty();
    assertThat(back.came()).isEmpty();
    assertThat(functions(back.now())).hasSize(1);
  }

  @Test
  void copiesAreRemovedAtTheEndAndThoseOfAKilledProcessAtTheBeginning() throws IOException {
    Path left = Files.createDirectory(temporary.resolve("tenet-extensions-1"));
    Files.createFile(left.resolve("lock"));
    Files.createFile(left.resolve("1-a.jar"));
    Path jar = made("a.jar", "acme.text", "one");

    try (var copies = new JarCopies(temporary);
        var others = new JarCopies(temporary)) {
      Path copy = copies.copy(jar);
      Path other = others.copy(jar);
      assertThat(copy).hasSameBinaryContentAs(jar);
      assertThat(other).exists();
      assertThat(copy).exists();
      assertThat(left).doesNotExist();
    }

    try (Stream<Path> folders = Files.list(temporary)) {
      assertThat(folders.map(folder -> String.valueOf(folder.getFileName())))
          .noneMatch(name -> name.startsWith("tenet-extensions-"));
    }
  }

  @Test
  void aSingleJarIsChecked() throws IOException {
    JarReport report = ExtensionFolder.check(made("a.jar", "acme.text", "one"), functions -> {});
    assertThat(report.faults()).isEmpty();
    assertThat(report.providers())
        .singleElement()
        .satisfies(
            provider ->
                assertThat(provider.functions())
                    .extracting(JarReport.Signature::text)
                    .containsExactly("acme.text(): string"));
  }
}
