package dev.tenet.bootstrap.config;

import dev.tenet.bootstrap.yaml.YamlReader;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.http.governance.TenantHeaders;
import dev.tenet.http.governance.TenantHeaders.Extractor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads which headers of a request say what governance wants to know.
final class ConfiguredTenantHeaders {

  private static final String TENANT = "tenantHeader";
  private static final String EXTRACTOR = "tenantExtractor";
  private static final String MODEL = "modelHeader";
  private static final String TOOL = "toolHeader";
  private static final String TOKENS = "tokenCountHeader";
  private static final String MISSING = "tenantMayBeMissing";
  private static final String HEADER = "header";
  private static final String PATTERN = "pattern";
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  private final YamlReader yaml;
  private final Map<String, Node> members;

  private ConfiguredTenantHeaders(YamlReader yaml, Map<String, Node> members) {
    this.yaml = yaml;
    this.members = members;
  }

  static TenantHeaders.Settings read(YamlReader yaml, Optional<Node> node) {
    List<String> keys = List.of(TENANT, EXTRACTOR, MODEL, TOOL, TOKENS, MISSING);
    Map<String, Node> members =
        node.map(given -> yaml.mapping(given, "the settings of requests", keys)).orElse(Map.of());
    return new ConfiguredTenantHeaders(yaml, members).read();
  }

  private TenantHeaders.Settings read() {
    TenantHeaders.Settings usual = TenantHeaders.Settings.USUAL;
    Optional<String> tenant = text(TENANT);
    return new TenantHeaders.Settings(
        tenant.isEmpty() ? usual.tenant() : tenant.filter(name -> !name.equals("off")),
        Optional.ofNullable(members.get(EXTRACTOR)).flatMap(this::extractor),
        header(MODEL, usual.model()),
        header(TOOL, usual.tool()),
        header(TOKENS, usual.tokens()),
        mayBeMissing(usual.mayBeMissing()));
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(members.get(key)).flatMap(node -> name(node, key));
  }

  private String header(String key, String usual) {
    return text(key).orElse(usual);
  }

  private Optional<String> name(Node node, String key) {
    Optional<String> text = yaml.text(node, key);
    if (text.isPresent() && !HEADER_NAME.matcher(text.get()).matches()) {
      yaml.report(node, "%s: %s is no name of a header.".formatted(key, Quoted.text(text.get())));
      return Optional.empty();
    }
    return text;
  }

  private boolean mayBeMissing(boolean usual) {
    Node node = members.get(MISSING);
    Optional<String> text = Optional.ofNullable(node).flatMap(given -> yaml.text(given, MISSING));
    if (node != null && text.filter(List.of("true", "false")::contains).isEmpty()) {
      yaml.report(node, "%s must be true or false.".formatted(MISSING));
    }
    return text.map("true"::equals).orElse(usual);
  }

  private Optional<Extractor> extractor(Node node) {
    Map<String, Node> parts = yaml.mapping(node, EXTRACTOR, List.of(HEADER, PATTERN));
    Node header = parts.get(HEADER);
    Node pattern = parts.get(PATTERN);
    if (header == null || pattern == null) {
      yaml.report(
          node,
          "%s needs a header and a pattern whose first group is the tenant.".formatted(EXTRACTOR));
      return Optional.empty();
    }
    return name(header, HEADER)
        .flatMap(name -> pattern(pattern).map(compiled -> new Extractor(name, compiled)));
  }

  private Optional<Pattern> pattern(Node node) {
    String text = yaml.text(node, PATTERN).orElse("");
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.matcher("").groupCount() > 0) {
        return Optional.of(pattern);
      }
      yaml.report(node, "%s has no group; put the tenant in parentheses.".formatted(PATTERN));
    } catch (PatternSyntaxException e) {
      yaml.report(
          node,
          "%s: %s is no regular expression: %s."
              .formatted(PATTERN, Quoted.text(text), e.getDescription()));
    }
    return Optional.empty();
  }
}
