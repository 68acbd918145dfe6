package dev.tenet.bootstrap.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.FunctionProvider;
import dev.tenet.spi.StoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionFolderTest {

  private static final String FUNCTIONS = FunctionProvider.class.getName();

  @TempDir private Path temporary = Path.of("");
  private Path folder = Path.of("");
  private Optional<ExtensionFolder> loaded = Optional.empty();

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("extensions"));
  }

  @AfterEach
  void close() {
    loaded.ifPresent(ExtensionFolder::close);
  }

  private Extensions load() {
    var opened =
        ExtensionFolder.open(
            Optional.of(folder), new CelRuleCompiler(Limits.DEFAULT, List.of())::requireFit);
    loaded = Optional.of(opened);
    return opened.present();
  }

  private JarBuilder jar(String name) {
    return new JarBuilder(folder.resolve(name), temporary);
  }

  private static String provider(String type, String function, String body) {
    return """
        package acme;
        import dev.tenet.domain.schema.FieldType.Scalar;
        import dev.tenet.spi.*;
        import java.util.List;
        public final class %s implements FunctionProvider {
          public String name() { return "acme"; }
          public List<Function> functions() {
            return List.of(
                new Function("%s", List.of(Scalar.INT), Scalar.INT, 1, arguments -> %s));
          }
        }
        """
        .formatted(type, function, body);
  }

  /// {@return the functions of jars, without those that are compiled in}
  private static List<Function> functions(Extensions extensions) {
    return extensions.parts().functions().stream()
        .filter(
            function -> function.body().getClass().getClassLoader() instanceof ExtensionClassLoader)
        .toList();
  }

  private static Object call(Function function, Object... arguments) {
    Object result = function.body().call(Arrays.asList(arguments));
    assertThat(result).isNotNull();
    return result == null ? "" : result;
  }

  @Test
  void builtInStoresAreFoundWithoutAFolder() {
    var none = ExtensionFolder.open(Optional.empty(), functions -> {});
    loaded = Optional.of(none);
    Extensions extensions = none.present();
    assertThat(extensions.stores())
        .extracting(StoreProvider::name)
        .containsExactlyInAnyOrder("postgres", "inmemory");
    assertThat(extensions.store("inmemory")).isPresent();
    assertThat(extensions.faults()).isEmpty();
  }

  @Test
  void functionsOfAJarCanBeCalled() throws IOException {
    jar("acme.jar")
        .source("acme.Twice", provider("Twice", "acme.twice", "(Long) arguments.get(0) * 2"))
        .service(FUNCTIONS, "acme.Twice")
        .build();
    Extensions extensions = load();
    assertThat(extensions.faults()).isEmpty();
    assertThat(functions(extensions))
        .singleElement()
        .satisfies(function -> assertThat(function.name()).isEqualTo("acme.twice"))
        .satisfies(function -> assertThat(call(function, 21L)).isEqualTo(42L));
  }

  @Test
  void storesAndListenersOfAJarAreFound() throws IOException {
    jar("acme.jar")
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
    Extensions extensions = load();
    assertThat(extensions.stores())
        .extracting(StoreProvider::name)
        .containsExactlyInAnyOrder("postgres", "inmemory", "acme");
    assertThat(extensions.parts().listeners())
        .extracting(DecisionListener::name)
        .containsExactly("acme");
  }

  @Test
  void whatIsNoJarIsReported() throws IOException {
    Files.writeString(folder.resolve("text.jar"), "this is no jar");
    Files.createFile(folder.resolve("empty.jar"));
    Files.createDirectory(folder.resolve("folder.jar"));
    Files.writeString(folder.resolve("notes.txt"), "ignored");
    assertThat(load().faults())
        .hasSize(3)
        .allSatisfy(fault -> assertThat(fault).contains(".jar: the jar cannot be opened"));
  }

  @Test
  void truncatedJarIsReportedAndTheOthersLoad() throws IOException {
    Path whole =
        jar("b.jar")
            .source("acme.Twice", provider("Twice", "acme.twice", "1L"))
            .service(FUNCTIONS, "acme.Twice")
            .build();
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(folder.resolve("a.jar"), Arrays.copyOf(bytes, bytes.length / 2));
    Extensions extensions = load();
    assertThat(extensions.faults())
        .singleElement()
        .asString()
        .startsWith("a.jar: the jar cannot be opened; it may be incomplete:");
    assertThat(functions(extensions)).hasSize(1);
  }

  @Test
  void wrongServiceFilesAreReportedAndTheOtherProvidersLoad() throws IOException {
    jar("acme.jar")
        .source("acme.Twice", provider("Twice", "acme.twice", "1L"))
        .source("acme.NoProvider", "package acme; public final class NoProvider {}")
        .service(FUNCTIONS, "acme.Missing", "acme.NoProvider", "not a class name!", "acme.Twice")
        .build();
    jar("plain.jar").source("acme.Plain", "package acme; class Plain {}").build();
    jar("misspelt.jar")
        .source("acme.Thrice", provider("Thrice", "acme.thrice", "1L"))
        .service(FUNCTIONS + "s", "acme.Thrice")
        .build();
    Extensions extensions = load();
    assertThat(extensions.faults())
        .anySatisfy(fault -> assertThat(fault).startsWith("acme.jar: "))
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .startsWith("plain.jar: the jar names no provider in META-INF/services, in a")
                    .contains("dev.tenet.spi.FunctionProvider"))
        .anySatisfy(fault -> assertThat(fault).startsWith("misspelt.jar: the jar names no"))
        .allSatisfy(fault -> assertThat(fault.lines()).hasSize(1));
  }

  @Test
  void unknownAndUnfitClassesDoNotHideTheOthers() throws IOException {
    jar("acme.jar")
        .source("acme.Twice", provider("Twice", "acme.twice", "1L"))
        .source("acme.NoProvider", "package acme; public final class NoProvider {}")
        .service(FUNCTIONS, "acme.Missing", "acme.NoProvider", "acme.Twice")
        .build();
    Extensions extensions = load();
    assertThat(extensions.faults())
        .hasSize(2)
        .anySatisfy(fault -> assertThat(fault).contains("acme.Missing").contains("not found"))
        .anySatisfy(fault -> assertThat(fault).contains("acme.NoProvider").contains("subtype"));
    assertThat(functions(extensions)).hasSize(1);
  }

  @Test
  void missingDependencyIsReportedWithTheClassThatIsMissing() throws IOException {
    jar("acme.jar")
        .dependency(
            "lib.Gone", "package lib; public class Gone { public static long x() { return 1; } }")
        .source(
            "acme.Needy",
            """
            package acme;
            import java.util.List;
            public final class Needy implements dev.tenet.spi.FunctionProvider {
              private final long x = lib.Gone.x();
              public String name() { return "needy"; }
              public List<dev.tenet.spi.Function> functions() { return List.of(); }
            }
            """)
        .service(FUNCTIONS, "acme.Needy")
        .build();
    assertThat(load().faults())
        .singleElement()
        .asString()
        .startsWith("acme.jar: ")
        .contains("acme.Needy")
        .contains("lib.Gone");
  }

  @Test
  void providerThatThrowsIsReported() throws IOException {
    jar("acme.jar")
        .source(
            "acme.Angry",
            """
            package acme;
            import java.util.List;
            public final class Angry implements dev.tenet.spi.FunctionProvider {
              public String name() { return "angry"; }
              public List<dev.tenet.spi.Function> functions() {
                throw new IllegalStateException("no\\nlicence");
              }
            }
            """)
        .service(FUNCTIONS, "acme.Angry")
        .build();
    assertThat(load().faults())
        .containsExactly("acme.jar: provider acme.Angry: IllegalStateException: no licence");
  }

  @Test
  void theLaterOfTwoJarsWithTheSameFunctionIsLeftOut() throws IOException {
    for (String name : List.of("b.jar", "a.jar")) {
      jar(name)
          .source("acme.Twice", provider("Twice", "acme.twice", "\"" + name + "\""))
          .service(FUNCTIONS, "acme.Twice")
          .build();
    }
    Extensions extensions = load();
    assertThat(extensions.faults())
        .containsExactly(
            "b.jar: provider acme.Twice: the function acme.twice is already there, from a.jar; "
                + "all functions of this provider are left out.");
    assertThat(functions(extensions))
        .singleElement()
        .satisfies(function -> assertThat(call(function)).isEqualTo("a.jar"));
  }

  @Test
  void aFunctionWithTheNameOfABuiltInOneIsLeftOut() throws IOException {
    jar("acme.jar")
        .source("acme.Size", provider("Size", "size", "1L"))
        .service(FUNCTIONS, "acme.Size")
        .build();
    Extensions extensions = load();
    assertThat(functions(extensions)).isEmpty();
    assertThat(extensions.faults()).singleElement().asString().contains("size");
  }

  @Test
  void aJarSeesTheSpiAndNothingElseOfTenet() throws IOException {
    jar("acme.jar")
        .source(
            "acme.Curious",
            """
            package acme;
            import dev.tenet.domain.schema.FieldType.Scalar;
            import dev.tenet.spi.*;
            import java.util.List;
            public final class Curious implements FunctionProvider {
              public String name() { return "curious"; }
              public List<Function> functions() {
                return List.of(
                    new Function("see", List.of(Scalar.STRING), Scalar.BOOL, 1, arguments -> {
                      try {
                        Class.forName((String) arguments.get(0));
                        return true;
                      } catch (ClassNotFoundException e) {
                        return false;
                      }
                    }));
              }
            }
            """)
        .service(FUNCTIONS, "acme.Curious")
        .build();
    Function see = functions(load()).getFirst();
    assertThat(call(see, "dev.tenet.spi.Function")).isEqualTo(true);
    assertThat(call(see, "dev.tenet.domain.tenant.TenantId")).isEqualTo(true);
    assertThat(call(see, "dev.tenet.application.store.TenantStore")).isEqualTo(true);
    assertThat(call(see, "org.jspecify.annotations.Nullable")).isEqualTo(true);
    assertThat(call(see, "java.sql.Connection")).isEqualTo(true);
    assertThat(call(see, "dev.tenet.cel.CelRuleCompiler")).isEqualTo(false);
    assertThat(call(see, "dev.tenet.bootstrap.Main")).isEqualTo(false);
    assertThat(call(see, "picocli.CommandLine")).isEqualTo(false);
    assertThat(call(see, "org.assertj.core.api.Assertions")).isEqualTo(false);
  }

  @Test
  void twoJarsMayHaveClassesOfTheSameName() throws IOException {
    for (String name : List.of("one", "two")) {
      jar(name + ".jar")
          .source("acme.P", provider("P", name, "\"" + name + "\""))
          .service(FUNCTIONS, "acme.P")
          .build();
    }
    assertThat(functions(load()))
        .extracting(function -> call(function))
        .containsExactly("one", "two");
  }
}
