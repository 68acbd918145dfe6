package dev.tenet.http.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Serves health, the OpenAPI document, Swagger UI, which needs nothing from elsewhere, and the page of problems.
public final class DocumentationRoutes {

  private static final String OWN = "/dev/tenet/http/documentation/";
  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
  private static final Map<String, String> SWAGGER =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "swagger-initializer.js", "text/javascript; charset=utf-8",
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  /// That it answers is all there is to say.
  private static final Answer LIVE = Answer.json(200, "{\"status\":\"UP\"}".getBytes(UTF_8));

  private final Supplier<StoreHealth> store;
  private final IntSupplier tenantsLoaded;
  private final BooleanSupplier stopping;
  private final String swaggerVersion;

  /// @param stopping whether the server is about to end
  public DocumentationRoutes(
      Supplier<StoreHealth> store, IntSupplier tenantsLoaded, BooleanSupplier stopping) {
    this.store = store;
    this.tenantsLoaded = tenantsLoaded;
    this.stopping = stopping;
    this.swaggerVersion = swaggerVersion();
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/", call -> redirect("/swagger/")),
        Route.open("GET", "/health", call -> health("ok", null)),
        Route.open("GET", "/api/v1/health", call -> health("healthy", tenantsLoaded.getAsInt())),
        Route.open("GET", "/observe/health/live", call -> LIVE),
        Route.open("GET", "/observe/health/ready", call -> ready()),
        Route.open("GET", "/openapi", call -> resource(OWN + "openapi.yaml", "application/yaml")),
        Route.open(
            "GET",
            "/docs/problems",
            call -> resource(OWN + "problems.md", "text/markdown; charset=utf-8")),
        Route.open("GET", "/swagger", call -> redirect("/swagger/")),
        Route.open("GET", "/swagger/", call -> swagger("index.html")),
        Route.open("GET", "/swagger/{file}", this::swagger));
  }

  private Answer ready() {
    return stopping.getAsBoolean()
        ? Answer.json(503, new HealthJson("stopping", null, "The server is about to end."))
        : health("UP", null);
  }

  private Answer health(String status, @Nullable Integer loaded) {
    return switch (store.get()) {
      case StoreHealth.Available() -> Answer.json(200, new HealthJson(status, loaded, null));
      case StoreHealth.Away(var since) ->
          Answer.json(
              503,
              new HealthJson(
                  "degraded",
                  loaded,
                  "The store has not answered for %d s: tenants in memory are evaluated with the definitions of then, changes are refused."
                      .formatted(since.toSeconds())));
      case StoreHealth.Unavailable() ->
          Answer.json(503, new HealthJson("unhealthy", null, "The store does not answer."));
    };
  }

  private static Answer redirect(String path) {
    return Answer.empty(308).with("Location", path);
  }

  private Answer swagger(Call call) {
    return swagger(call.path("file"));
  }

  private Answer swagger(String file) {
    String type = SWAGGER.get(file);
    if (type == null) {
      throw new ProblemException(
          Problem.of(404, "path_not_found", "There is nothing at this path."));
    }
    boolean own = file.equals("index.html") || file.equals("swagger-initializer.js");
    return resource((own ? OWN : WEBJAR + swaggerVersion + "/") + file, type)
        .with(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:");
  }

  private static Answer.Whole resource(String path, String type) {
    try (InputStream in = DocumentationRoutes.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return new Answer.Whole(200, in.readAllBytes(), type, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String swaggerVersion() {
    try (InputStream in =
        DocumentationRoutes.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      var properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
