package dev.tenet.bootstrap.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// Finds the policies in a folder, and writes what links them: the aggregator that builds them all, and a module with the registry
/// that makes each. The compiler and Maven then check the rest: that each is a policy, that names are unique, and that their
/// dependencies agree.
public final class PolicyLinker {

  private static final String LINKED = "linked";
  private static final String SOURCES = "src/main/java";
  private static final String CONVENTION = "Policy.java";

  /// What linking gives.
  ///
  /// @param policies the folders of the policies that are linked, sorted
  /// @param skipped the other folders, each with the reason
  /// @param written the files that are new or different
  public record Result(List<String> policies, List<String> skipped, List<Path> written) {
    public Result {
      policies = List.copyOf(policies);
      skipped = List.copyOf(skipped);
      written = List.copyOf(written);
    }
  }

  /// A policy cannot be linked.
  public static final class Unlinkable extends Exception {
    private static final long serialVersionUID = 1L;

    Unlinkable(String message) {
      super(message);
    }
  }

  private final Path folder;
  private final List<String> skipped = new ArrayList<>();
  private final List<Path> written = new ArrayList<>();

  private PolicyLinker(Path folder) {
    this.folder = folder;
  }

  /// Links the policies of a folder. A folder that is not there has none.
  public static Result link(Path folder) throws IOException, Unlinkable {
    return new PolicyLinker(folder).link();
  }

  private Result link() throws IOException, Unlinkable {
    List<PolicyModule> policies = policies();
    for (Map.Entry<String, String> file : Linkage.files(policies).entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    return new Result(policies.stream().map(PolicyModule::folder).toList(), skipped, written);
  }

  private List<PolicyModule> policies() throws IOException, Unlinkable {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> folders;
    try (Stream<Path> children = Files.list(folder)) {
      folders =
          children
              .filter(Files::isDirectory)
              .filter(child -> !name(child).equals(LINKED) && !name(child).equals("target"))
              .sorted()
              .toList();
    }
    List<PolicyModule> policies = new ArrayList<>();
    for (Path child : folders) {
      policy(child, policies);
    }
    Collections.sort(policies);
    requireUnique(policies);
    return policies;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private void policy(Path child, List<PolicyModule> policies) throws IOException, Unlinkable {
    Path pom = child.resolve("pom.xml");
    if (!Files.isRegularFile(pom)) {
      skipped.add("%s: it has no pom.xml".formatted(name(child)));
      return;
    }
    List<String> classes = classes(child.resolve(SOURCES));
    if (classes.isEmpty()) {
      skipped.add("%s: no class under %s ends with Policy".formatted(name(child), SOURCES));
      return;
    }
    if (classes.size() > 1) {
      throw new Unlinkable(
          "%s has %d classes that end with Policy, and may have one: %s"
              .formatted(name(child), classes.size(), String.join(", ", classes)));
    }
    policies.add(module(child, pom, classes.getFirst()));
  }

  private static List<String> classes(Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> name(file).endsWith(CONVENTION))
          .map(file -> sources.relativize(file).toString())
          .map(
              path ->
                  path.substring(0, path.length() - ".java".length())
                      .replace('/', '.')
                      .replace('\\', '.'))
          .sorted()
          .toList();
    }
  }

  private static PolicyModule module(Path child, Path pom, String className)
      throws IOException, Unlinkable {
    Element project = project(pom);
    Element parent = child(project, "parent");
    return new PolicyModule(
        name(child),
        text(pom, project, parent, "groupId"),
        text(pom, project, null, "artifactId"),
        text(pom, project, parent, "version"),
        className);
  }

  private static Element project(Path pom) throws IOException, Unlinkable {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
    } catch (SAXException | ParserConfigurationException e) {
      throw new Unlinkable("%s is no pom: %s".formatted(pom, e.getMessage()));
    }
  }

  private static String text(Path pom, Element project, @Nullable Element parent, String name)
      throws Unlinkable {
    Element own = child(project, name);
    Element found = own == null && parent != null ? child(parent, name) : own;
    if (found == null || found.getTextContent().isBlank()) {
      throw new Unlinkable("%s says no %s.".formatted(pom, name));
    }
    return found.getTextContent().strip();
  }

  private static @Nullable Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private static void requireUnique(List<PolicyModule> policies) throws Unlinkable {
    Map<String, List<String>> byArtefact =
        policies.stream()
            .collect(
                Collectors.groupingBy(
                    policy -> policy.groupId() + ':' + policy.artifactId(),
                    LinkedHashMap::new,
                    Collectors.mapping(PolicyModule::folder, Collectors.toList())));
    for (Map.Entry<String, List<String>> artefact : byArtefact.entrySet()) {
      if (artefact.getValue().size() > 1) {
        throw new Unlinkable(
            "%s is the artefact of several policies: %s"
                .formatted(artefact.getKey(), String.join(", ", artefact.getValue())));
      }
    }
  }

  /// What is the same already is left alone, so that nothing is built again.
  private void write(Path file, String text) throws IOException {
    if (Files.isRegularFile(file) && Files.readString(file, UTF_8).equals(text)) {
      return;
    }
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text, UTF_8);
    written.add(file);
  }
}
