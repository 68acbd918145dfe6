package dev.tenet.bootstrap.config;

import dev.tenet.bootstrap.yaml.YamlReader;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.http.identity.TokenSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads [TokenSettings], the group `jwt` of the configuration file.
final class ConfiguredTokens {

  private static final String ISSUER = "issuer";
  private static final String AUDIENCE = "audience";
  private static final String JWKS = "jwks";
  private static final String TENANT_CLAIM = "tenantClaim";
  private static final String ROLES_CLAIM = "rolesClaim";
  private static final String PLATFORM_WITHOUT_TENANT = "platformWithoutTenant";
  private static final String SKEW = "skew";
  private static final String ALGORITHMS = "algorithms";
  private static final List<String> KEYS =
      List.of(
          ISSUER,
          AUDIENCE,
          JWKS,
          TENANT_CLAIM,
          ROLES_CLAIM,
          PLATFORM_WITHOUT_TENANT,
          SKEW,
          ALGORITHMS);

  /// Who lets clocks differ by more makes expired tokens good.
  private static final Duration LARGEST_SKEW = Duration.ofMinutes(10);

  private final YamlReader yaml;
  private final Path directory;

  /// @param directory what the path of a file is relative to
  ConfiguredTokens(YamlReader yaml, Path directory) {
    this.yaml = yaml;
    this.directory = directory;
  }

  /// {@return the settings, or empty after a fault}
  Optional<TokenSettings> read(Node node) {
    Map<String, Node> members = yaml.mapping(node, "the tokens", KEYS);
    Optional<String> issuer = required(node, members, ISSUER);
    Optional<String> audience = required(node, members, AUDIENCE);
    Optional<URI> keys =
        required(node, members, JWKS).flatMap(text -> place(member(members, JWKS), text));
    String tenantClaim = text(members, TENANT_CLAIM).orElse(TokenSettings.DEFAULT_TENANT_CLAIM);
    String rolesClaim = text(members, ROLES_CLAIM).orElse(TokenSettings.DEFAULT_ROLES_CLAIM);
    boolean platformWithoutTenant =
        Optional.ofNullable(members.get(PLATFORM_WITHOUT_TENANT))
            .flatMap(flag -> yaml.flag(flag, PLATFORM_WITHOUT_TENANT))
            .orElse(false);
    Duration skew =
        Optional.ofNullable(members.get(SKEW))
            .flatMap(this::skew)
            .orElse(TokenSettings.DEFAULT_SKEW);
    Set<String> algorithms =
        Optional.ofNullable(members.get(ALGORITHMS))
            .map(this::algorithms)
            .orElse(TokenSettings.DEFAULT_ALGORITHMS);
    if (issuer.isEmpty() || audience.isEmpty() || keys.isEmpty() || algorithms.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TokenSettings(
            issuer.get(),
            audience.get(),
            keys.get(),
            tenantClaim,
            rolesClaim,
            platformWithoutTenant,
            skew,
            algorithms));
  }

  private static Node member(Map<String, Node> members, String key) {
    return Optional.ofNullable(members.get(key)).orElseThrow();
  }

  private Optional<String> text(Map<String, Node> members, String key) {
    return Optional.ofNullable(members.get(key))
        .flatMap(node -> yaml.text(node, key))
        .filter(text -> !text.isBlank());
  }

  private Optional<String> required(Node node, Map<String, Node> members, String key) {
    Optional<String> text = text(members, key);
    if (!members.containsKey(key)) {
      yaml.report(node, "jwt: %s is missing.".formatted(key));
    } else if (text.isEmpty()) {
      yaml.report(member(members, key), "%s: there is nothing.".formatted(key));
    }
    return text;
  }

  private Optional<URI> place(Node node, String text) {
    return text.startsWith("https://") || text.startsWith("http://")
        ? address(node, text)
        : file(node, text);
  }

  private Optional<URI> address(Node node, String text) {
    try {
      URI address = new URI(text);
      if (address.getHost() == null) {
        yaml.report(node, "jwks: %s is no address.".formatted(Quoted.text(text)));
        return Optional.empty();
      }
      if (text.startsWith("https://") || isThisMachine(address.getHost())) {
        return Optional.of(address);
      }
      yaml.report(
          node,
          "jwks: %s is not encrypted, so that others could put their keys in place of the issuer's; use https."
              .formatted(Quoted.text(text)));
    } catch (URISyntaxException e) {
      yaml.report(node, "jwks: %s is no address.".formatted(Quoted.text(text)));
    }
    return Optional.empty();
  }

  private static boolean isThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private Optional<URI> file(Node node, String text) {
    try {
      Path file = directory.resolve(text).toAbsolutePath();
      if (Files.isReadable(file)) {
        return Optional.of(file.toUri());
      }
    } catch (InvalidPathException e) {
      // reported below, like one that leads nowhere
    }
    yaml.report(
        node,
        "jwks: %s is neither an address that begins with https:// nor a file that can be read."
            .formatted(Quoted.text(text)));
    return Optional.empty();
  }

  private Optional<Duration> skew(Node node) {
    Optional<Duration> skew = ConfigurationFile.duration(yaml, node, SKEW);
    if (skew.isPresent() && skew.get().compareTo(LARGEST_SKEW) > 0) {
      yaml.report(
          node, "skew: clocks may be %ds apart at most.".formatted(LARGEST_SKEW.toSeconds()));
      return Optional.empty();
    }
    return skew;
  }

  private Set<String> algorithms(Node node) {
    Set<String> algorithms = new TreeSet<>();
    List<Node> elements = yaml.list(node, ALGORITHMS);
    for (Node element : elements) {
      yaml.text(element, ALGORITHMS)
          .ifPresent(
              name -> {
                if (TokenSettings.ALGORITHMS.contains(name)) {
                  algorithms.add(name);
                } else {
                  yaml.report(
                      element,
                      "algorithms: %s is not among %s.%s"
                          .formatted(
                              Quoted.text(name),
                              String.join(", ", TokenSettings.ALGORITHMS),
                              Spelling.nearest(name, TokenSettings.ALGORITHMS)
                                  .map(" Did you mean %s?"::formatted)
                                  .orElse("")));
                }
              });
    }
    if (elements.isEmpty() && YamlReader.isList(node)) {
      yaml.report(node, "algorithms: the list is empty; leave it out for the usual ones.");
    }
    return algorithms;
  }
}
