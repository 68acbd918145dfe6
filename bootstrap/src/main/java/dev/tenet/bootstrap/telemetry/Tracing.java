package dev.tenet.bootstrap.telemetry;

import dev.tenet.application.plugin.InvocationObserver;
import dev.tenet.bootstrap.config.BuildVersion;
import dev.tenet.bootstrap.config.TelemetrySettings;
import dev.tenet.http.routing.RequestObserver.Trace;
import dev.tenet.http.routing.ServedRequest;
import dev.tenet.http.routing.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes a span of each request and sends it to where traces are collected (OpenTelemetry, OTLP over HTTP).
///
/// All settings of OpenTelemetry, `OTEL_…`, hold; only what is not sent, metrics and logs, and the protocol are fixed.
final class Tracing implements AutoCloseable {

  private static final String SERVICE = "tenet";
  private static final String ENABLED = "OTEL_ENABLED";
  private static final String DISABLED = "OTEL_SDK_DISABLED";
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final String SERVICE_NAME = "OTEL_SERVICE_NAME";
  private static final String API = "/api/";
  private static final long PATIENCE_SECONDS = 5;
  private static final int SERVER_FAULT = 500;

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> SIZE = AttributeKey.longKey("http.response.body.size");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> TENANT = AttributeKey.stringKey("tenet.tenant.id");
  private static final AttributeKey<Long> REVISION = AttributeKey.longKey("tenet.revision");
  private static final AttributeKey<Long> RULES = AttributeKey.longKey("tenet.rules");
  private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("tenet.request.id");

  private static final AttributeKey<String> FUNCTION =
      AttributeKey.stringKey("tenet.plugin.function");
  private static final AttributeKey<String> VERSION =
      AttributeKey.stringKey("tenet.plugin.version");
  private static final AttributeKey<Boolean> KEPT = AttributeKey.booleanKey("tenet.plugin.kept");

  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final TextMapGetter<TraceParent> PARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(TraceParent parent) {
          return W3C.fields();
        }

        @Override
        public @Nullable String get(@Nullable TraceParent parent, String key) {
          if (parent == null) {
            return null;
          }
          return key.equals("traceparent") ? parent.text() : parent.state();
        }
      };

  /// The span of one request.
  private record SpanOfRequest(Span span) implements Trace {
    @Override
    public String id() {
      return span.getSpanContext().getTraceId();
    }
  }

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  private Tracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("dev.tenet.http");
  }

  /// {@return what makes traces; empty when nobody collects them}
  ///
  /// @throws IllegalArgumentException with a message for the operator, when the settings make no sense
  static Optional<Tracing> of(TelemetrySettings settings, Map<String, String> environment) {
    Optional<String> endpoint =
        said(environment, TRACES_ENDPOINT)
            .or(() -> said(environment, ENDPOINT))
            .or(settings::otlpEndpoint);
    boolean enabled =
        said(environment, ENABLED).map(Boolean::parseBoolean).orElse(endpoint.isPresent())
            && !said(environment, DISABLED).map(Boolean::parseBoolean).orElse(false);
    if (!enabled) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Tracing(
              AutoConfiguredOpenTelemetrySdk.builder()
                  .addPropertiesCustomizer(given -> properties(settings, environment))
                  .disableShutdownHook()
                  .build()
                  .getOpenTelemetrySdk()));
    } catch (ConfigurationException | IllegalArgumentException e) {
      throw new IllegalArgumentException("telemetry: " + e.getMessage(), e);
    }
  }

  private static Optional<String> said(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  /// What the environment says is stronger than the file, as everywhere.
  private static Map<String, String> properties(
      TelemetrySettings settings, Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>();
    settings.otlpEndpoint().ifPresent(url -> properties.put(property(ENDPOINT), url));
    properties.put(property(SERVICE_NAME), settings.serviceName().orElse(SERVICE));
    properties.put("otel.propagators", "tracecontext");
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith("OTEL_") && !value.isBlank()) {
            properties.put(property(variable), value);
          }
        });
    properties.merge(
        "otel.resource.attributes",
        "service.version=" + BuildVersion.text(),
        (said, version) -> version + ',' + said);
    properties.put("otel.traces.exporter", "otlp");
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    properties.put("otel.exporter.otlp.traces.protocol", "http/protobuf");
    return properties;
  }

  private static String property(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /// {@return the span that begins with a request, or null for one that is nobody's concern}
  @Nullable Trace begun(ServedRequest request) {
    if (!request.route().startsWith(API)) {
      return null;
    }
    SpanBuilder builder =
        tracer
            .spanBuilder(request.method() + ' ' + request.route())
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(METHOD, request.method())
            .setAttribute(ROUTE, request.route())
            .setAttribute(REQUEST, request.requestId());
    request
        .parent()
        .ifPresentOrElse(
            parent -> builder.setParent(W3C.extract(Context.root(), parent, PARENT)),
            builder::setNoParent);
    return new SpanOfRequest(builder.startSpan());
  }

  /// {@return who makes a span of each invocation of a plugin, within that of the request}
  InvocationObserver invocations() {
    return new InvocationObserver() {
      @Override
      public void invoked(Invocation invocation) {
        if (ServedRequest.current().flatMap(ServedRequest::trace).orElse(null)
            instanceof SpanOfRequest(Span request)) {
          span(invocation, request);
        }
      }
    };
  }

  private void span(InvocationObserver.Invocation invocation, Span request) {
    Instant end = Instant.now();
    Span span =
        tracer
            .spanBuilder("plugin " + invocation.function())
            .setParent(Context.root().with(request))
            .setStartTimestamp(end.minus(invocation.duration()))
            .setAttribute(TENANT, invocation.tenant().toString())
            .setAttribute(FUNCTION, invocation.function().toString())
            .setAttribute(VERSION, invocation.version())
            .setAttribute(KEPT, invocation.kept())
            .startSpan();
    if (!invocation.code().equals("ok")) {
      span.setAttribute(ERROR, invocation.code());
      span.setStatus(StatusCode.ERROR);
    }
    span.end(end);
  }

  /// Ends the span of a request.
  void answered(ServedRequest request) {
    if (request.trace().orElse(null) instanceof SpanOfRequest(Span span)) {
      if (span.isRecording()) {
        span.setAttribute(STATUS, request.status());
        span.setAttribute(SIZE, request.bytes());
        request.tenant().ifPresent(id -> span.setAttribute(TENANT, id.toString()));
        request.revision().ifPresent(revision -> span.setAttribute(REVISION, revision));
        request.rules().ifPresent(rules -> span.setAttribute(RULES, rules));
        request.problem().ifPresent(code -> span.setAttribute(ERROR, code));
        if (request.status() >= SERVER_FAULT) {
          span.setStatus(StatusCode.ERROR);
        }
      }
      span.end();
    }
  }

  /// Sends what was not sent yet, within some seconds.
  @Override
  public void close() {
    sdk.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
