package dev.tenet.bootstrap.openapi;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAPI document that a server hands out, and whether answers agree with it.
final class OpenApiDocument {

  private static final String IRI = "https://tenet.test/openapi";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /// Headers that mean something to clients: an answer has them only where the document says so.
  private static final List<String> MEANINGFUL =
      List.of("ETag", "Location", "Idempotency-Replayed", "Retry-After", "Allow");

  /// One operation.
  ///
  /// @param pointer where it stands in the document
  record Operation(String id, String method, String path, String pointer, String tag) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private final JsonNode root;
  private final SchemaRegistry schemas;

  private OpenApiDocument(JsonNode root) {
    this.root = root;
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry ->
                registry
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build())
                    .schemas(Map.of(IRI, root.toString())));
  }

  static OpenApiDocument of(OpenApiServer server) {
    return parse(server.send(WireRequest.of("GET", "/openapi")).expect(200).text());
  }

  static OpenApiDocument parse(String yaml) {
    Object plain = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new OpenApiDocument(JSON.valueToTree(plain));
  }

  JsonNode root() {
    return root;
  }

  JsonNode at(String pointer) {
    JsonNode node = root.at(pointer);
    if (node.isMissingNode()) {
      throw new AssertionError("there is nothing at " + pointer);
    }
    return node;
  }

  /// {@return the pointer, or the one that the reference there leads to}
  String resolve(String pointer) {
    JsonNode reference = at(pointer).path("$ref");
    return reference.isString() ? reference.asString().substring(1) : pointer;
  }

  static String child(String pointer, String key) {
    return pointer + '/' + key.replace("~", "~0").replace("/", "~1");
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (String path : names(at("/paths"))) {
      String item = child("/paths", path);
      for (String method : names(at(item))) {
        if (METHODS.contains(method)) {
          String pointer = child(item, method);
          operations.add(
              new Operation(
                  at(pointer).path("operationId").asString(""),
                  method.toUpperCase(Locale.ROOT),
                  path,
                  pointer,
                  at(pointer).path("tags").path(0).asString("")));
        }
      }
    }
    return operations;
  }

  static Collection<String> names(JsonNode node) {
    return node.propertyNames();
  }

  /// {@return the operation's parameters and those of its path}
  List<JsonNode> parameters(Operation operation) {
    List<JsonNode> parameters = new ArrayList<>();
    for (String owner : List.of(operation.pointer(), child("/paths", operation.path()))) {
      JsonNode list = at(owner).path("parameters");
      for (int i = 0; i < list.size(); i++) {
        parameters.add(at(resolve(owner + "/parameters/" + i)));
      }
    }
    return parameters;
  }

  /// {@return whether it has a parameter of this name}
  boolean hasParameter(Operation operation, String name) {
    return parameters(operation).stream().anyMatch(p -> p.path("name").asString("").equals(name));
  }

  /// {@return whether it takes a body}
  boolean hasBody(Operation operation) {
    return at(operation.pointer()).has("requestBody");
  }

  /// {@return the pointer to the content of the body}
  String requestContent(Operation operation) {
    return resolve(operation.pointer() + "/requestBody") + "/content";
  }

  /// {@return the documented statuses}
  Collection<String> statuses(Operation operation) {
    return names(at(operation.pointer() + "/responses"));
  }

  /// {@return what the instance has against the schema at the pointer}
  List<String> faults(String schemaPointer, JsonNode instance) {
    return schemas
        .getSchema(SchemaLocation.of(IRI + "#" + fragment(schemaPointer)))
        .validate(instance.toString(), InputFormat.JSON)
        .stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private static String fragment(String pointer) {
    return pointer.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
  }

  /// Fails unless the answer is one that the document says the operation gives.
  void check(Operation operation, WireAnswer answer) {
    if (answer.status() == 405) {
      check("/components/responses/MethodNotAllowed", answer);
      return;
    }
    String status = Integer.toString(answer.status());
    if (!statuses(operation).contains(status)) {
      throw new AssertionError("undocumented status of %s: %s".formatted(operation, answer));
    }
    check(resolve(operation.pointer() + "/responses/" + status), answer);
  }

  /// Fails unless the answer is the one that the document describes there.
  void check(String responsePointer, WireAnswer answer) {
    JsonNode response = at(responsePointer);
    checkHeaders(responsePointer, response.path("headers"), answer);
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      require(answer.octets().isEmpty(), "no body is documented", answer);
      return;
    }
    String type = answer.mediaType();
    require(content.has(type), "the media type is not documented", answer);
    String schema = child(responsePointer + "/content", type) + "/schema";
    if (type.equals("application/x-ndjson")) {
      answer
          .text()
          .lines()
          .forEach(line -> checkJson("/components/schemas/BatchItem", JSON.readTree(line), answer));
    } else if (type.endsWith("json")) {
      checkJson(schema, answer.json(), answer);
    }
  }

  private void checkJson(String schemaPointer, JsonNode instance, WireAnswer answer) {
    List<String> faults = faults(schemaPointer, instance);
    require(faults.isEmpty(), faults.toString(), answer);
  }

  private void checkHeaders(String responsePointer, JsonNode headers, WireAnswer answer) {
    for (String name : names(headers)) {
      String header = resolve(child(responsePointer + "/headers", name));
      boolean sent = answer.headers().containsKey(name);
      require(sent || !at(header).path("required").asBoolean(false), "no header " + name, answer);
      if (sent) {
        checkJson(
            header + "/schema", JSON.getNodeFactory().stringNode(answer.header(name)), answer);
      }
    }
    for (String name : MEANINGFUL) {
      require(
          headers.has(name) || !answer.headers().containsKey(name),
          "undocumented header " + name,
          answer);
    }
  }

  private static void require(boolean condition, String otherwise, WireAnswer answer) {
    if (!condition) {
      throw new AssertionError(otherwise + ": " + answer);
    }
  }
}
