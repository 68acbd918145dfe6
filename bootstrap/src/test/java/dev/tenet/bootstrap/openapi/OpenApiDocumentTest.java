package dev.tenet.bootstrap.openapi;

import static dev.tenet.bootstrap.openapi.OpenApiDocument.child;
import static dev.tenet.bootstrap.openapi.OpenApiDocument.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tenet.bootstrap.openapi.OpenApiDocument.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// The document by itself, and against the routes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiDocumentTest {

  private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/schema/2022-10-07";
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

  private OpenApiServer server;
  private OpenApiDocument document;

  @BeforeAll
  void start() {
    server = OpenApiServer.start();
    document = OpenApiDocument.of(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void isValidOpenApi() {
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemaIdResolvers(
                    ids ->
                        ids.mapPrefix("https://spec.openapis.org", "classpath:spec.openapis.org")));
    assertThat(
            registry
                .getSchema(SchemaLocation.of(OPENAPI))
                .validate(document.root().toString(), InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void hasSchemasThatAreJsonSchemas() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    var meta =
        registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    walk(
        (pointer, node) -> {
          if (pointer.endsWith("/schema") || pointer.matches("/components/schemas/[^/]+")) {
            assertThat(meta.validate(node.toString(), InputFormat.JSON)).as(pointer).isEmpty();
          }
        });
  }

  @Test
  void hasReferencesThatLeadSomewhereAndComponentsThatAreReferred() {
    Set<String> referred = new TreeSet<>();
    walk(
        (pointer, node) -> {
          if (node.path("$ref").isString()) {
            String reference = node.path("$ref").asString();
            assertThat(reference).as(pointer).startsWith("#/components/");
            document.at(reference.substring(1));
            referred.add(reference.substring(1));
          }
        });
    document
        .at("/security")
        .forEach(
            way -> names(way).forEach(name -> referred.add("/components/securitySchemes/" + name)));
    for (String kind : names(document.at("/components"))) {
      for (String name : names(document.at("/components/" + kind))) {
        String pointer = "/components/" + kind + '/' + name;
        if (!pointer.equals("/components/responses/MethodNotAllowed")) {
          assertThat(referred).contains(pointer);
        }
      }
    }
  }

  @Test
  void describesEveryOperation() {
    Set<String> tags = new TreeSet<>();
    document.at("/tags").forEach(tag -> tags.add(tag.path("name").asString()));
    Set<String> ids = new TreeSet<>();
    for (Operation operation : document.operations()) {
      JsonNode node = document.at(operation.pointer());
      assertThat(operation.id()).as(operation.toString()).isNotEmpty();
      assertThat(ids.add(operation.id())).as("unique: " + operation.id()).isTrue();
      assertThat(node.path("summary").asString("")).as(operation.toString()).isNotEmpty();
      assertThat(node.path("tags").size()).as(operation.toString()).isEqualTo(1);
      assertThat(tags).contains(node.path("tags").get(0).asString());
      assertThat(document.statuses(operation)).as(operation.toString()).contains("400", "500");
      List<String> inPath =
          PATH_PARAMETER
              .matcher(operation.path())
              .results()
              .map((MatchResult match) -> match.group(1))
              .toList();
      List<String> declared = new ArrayList<>();
      for (JsonNode parameter : document.parameters(operation)) {
        assertThat(parameter.path("description").asString(""))
            .as("%s of %s", parameter.path("name"), operation)
            .isNotEmpty();
        if (parameter.path("in").asString().equals("path")) {
          declared.add(parameter.path("name").asString());
        }
      }
      assertThat(declared).containsExactlyInAnyOrderElementsOf(inPath);
    }
  }

  @Test
  void hasExamplesThatAreValid() {
    List<String> checked = new ArrayList<>();
    walk(
        (pointer, node) -> {
          if (node.has("schema") && node.has("example")) {
            assertThat(document.faults(pointer + "/schema", node.get("example")))
                .as(pointer)
                .isEmpty();
            checked.add(pointer);
          }
          if (node.has("schema") && node.has("examples")) {
            for (String name : names(node.get("examples"))) {
              String example = document.resolve(child(pointer + "/examples", name));
              assertThat(document.faults(pointer + "/schema", document.at(example + "/value")))
                  .as(example)
                  .isEmpty();
              checked.add(example);
            }
          }
          if (pointer.matches("/components/schemas/[^/]+") && node.has("examples")) {
            for (JsonNode example : node.get("examples")) {
              assertThat(document.faults(pointer, example)).as(pointer).isEmpty();
              checked.add(pointer);
            }
          }
        });
    assertThat(checked).hasSizeGreaterThan(50);
  }

  @Test
  void hasExamplesForEveryJsonBody() {
    walk(
        (pointer, node) -> {
          if (pointer.matches(".*/content/[^/]*json")) {
            assertThat(node.path("examples").size()).as(pointer).isPositive();
          }
        });
  }

  /// Swagger UI is for people.
  @Test
  void hasAllRoutesAndNoOthers() {
    Set<String> documented = new TreeSet<>();
    document.operations().forEach(operation -> documented.add(operation.toString()));
    Set<String> registered = new TreeSet<>(server.routes());
    registered.removeIf(route -> route.equals("GET /") || route.startsWith("GET /swagger"));
    assertThat(documented).containsExactlyElementsOf(registered);
  }

  private void walk(BiConsumer<String, JsonNode> visitor) {
    walk("", document.root(), visitor);
  }

  /// Examples are data, not part of the description.
  private static void walk(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(pointer, node);
    if (node.isObject()) {
      for (String name : names(node)) {
        if (!name.equals("value") && !name.equals("example")) {
          walk(child(pointer, name), node.get(name), visitor);
        }
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        walk(pointer + '/' + i, node.get(i), visitor);
      }
    }
  }
}
