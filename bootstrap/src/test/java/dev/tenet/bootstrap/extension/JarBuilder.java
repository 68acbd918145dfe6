package dev.tenet.bootstrap.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Compiles sources and packs them into a jar.
public final class JarBuilder {

  private final Path jar;
  private final Path work;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> dependencies = new LinkedHashMap<>();
  private final Map<String, List<String>> services = new LinkedHashMap<>();

  public JarBuilder(Path jar, Path temporary) {
    this.jar = jar;
    this.work = temporary.resolve("work-" + jar.getFileName());
  }

  public JarBuilder source(String type, String text) {
    sources.put(type, text);
    return this;
  }

  /// Compiled against, and left out of the jar.
  public JarBuilder dependency(String type, String text) {
    dependencies.put(type, text);
    return this;
  }

  public JarBuilder service(String service, String... providers) {
    services.put(service, List.of(providers));
    return this;
  }

  public Path build() throws IOException {
    Path others = compile(dependencies, "dependencies", "");
    Path classes = compile(sources, "classes", others.toString());
    for (Map.Entry<String, List<String>> service : services.entrySet()) {
      Path file = classes.resolve("META-INF/services").resolve(service.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, service.getValue());
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        packed.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, packed);
        packed.closeEntry();
      }
    }
    return jar;
  }

  private Path compile(Map<String, String> texts, String name, String path) throws IOException {
    Path classes = Files.createDirectories(work.resolve(name));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-proc:none", "-d", classes.toString(), "-cp"));
    arguments.add(
        System.getProperty("java.class.path") + System.getProperty("path.separator") + path);
    for (Map.Entry<String, String> source : texts.entrySet()) {
      Path file = work.resolve("src-" + name).resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    if (!texts.isEmpty()) {
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      assertThat(status).as("compiles").isZero();
    }
    return classes;
  }
}
