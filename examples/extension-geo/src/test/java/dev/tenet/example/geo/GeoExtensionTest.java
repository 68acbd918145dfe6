package dev.tenet.example.geo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Packs this module into a jar, as Maven does later, and lets a rule call its functions.
@Timeout(120)
class GeoExtensionTest {

  private static final String BUNDLE =
      """
      name: couriers
      schema:
        Depot: { Lat: float64, Lon: float64 }
        Order: { Lat: float64, Lon: float64 }
      derived:
        - name: distance
          expression: geo.distanceKm(Depot.Lat, Depot.Lon, Order.Lat, Order.Lon)
      rules:
        - name: too-far
          expression: distance > 500.0
          then: { km: "math.round(distance)" }
        - name: in-germany
          expression: geo.inBox(Order.Lat, Order.Lon, 47.2, 5.8, 55.1, 15.1)
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void pack() throws IOException, URISyntaxException {
    Path classes =
        Path.of(GeoFunctions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jars = Files.createDirectory(folder.resolve("extensions"));
    try (OutputStream file = Files.newOutputStream(jars.resolve("geo.jar"));
        JarOutputStream jar = new JarOutputStream(file);
        Stream<Path> found = Files.walk(classes)) {
      List<Path> files = found.filter(Files::isRegularFile).toList();
      for (Path each : files) {
        jar.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, jar);
        jar.closeEntry();
      }
    }
  }

  /// Runs `tenet eval` as a process of its own, which has the classes of this module in the jar only.
  private String eval(int status, String facts, String... options)
      throws IOException, InterruptedException {
    Path bundle = Files.writeString(folder.resolve("couriers.yaml"), BUNDLE);
    Path file = Files.writeString(folder.resolve("facts.json"), facts);
    String module = Path.of("target").toAbsolutePath().toString();
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.startsWith(module))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    classPath,
                    Main.class.getName(),
                    "eval",
                    "--bundle",
                    bundle.toString(),
                    "--facts",
                    file.toString()),
                Stream.of(options))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    int ended = process.waitFor();
    String out = Files.readString(folder.resolve("out"));
    assertThat(ended).as(out).isEqualTo(status);
    return out;
  }

  private String extensions() {
    return "--extensions=" + folder.resolve("extensions");
  }

  @Test
  void rulesCallTheFunctions() throws Exception {
    String berlinToParis =
        "{\"Depot\": {\"Lat\": 52.52, \"Lon\": 13.405}, \"Order\": {\"Lat\": 48.8566, \"Lon\": 2.3522}}";
    assertThat(eval(0, berlinToParis, extensions()))
        .containsPattern("too-far +matched +km: 87\\d")
        .containsPattern("in-germany +not");
  }

  @Test
  void anImpossiblePlaceIsTheFaultOfTheRule() throws Exception {
    String nowhere =
        "{\"Depot\": {\"Lat\": 152.52, \"Lon\": 13.4}, \"Order\": {\"Lat\": 50.0, \"Lon\": 8.0}}";
    assertThat(eval(1, nowhere, extensions()))
        .contains("a latitude is from -90 to 90 degrees, not 152.52")
        .containsPattern("in-germany +matched");
  }

  @Test
  void withoutTheJarTheFunctionIsNotKnown() throws Exception {
    assertThat(eval(2, "{}")).contains("derived field \"distance\"").contains("geo.distanceKm");
  }
}
