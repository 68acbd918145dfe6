package dev.tenet.bootstrap.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.plugin.Approvals;
import dev.tenet.bootstrap.yaml.YamlReader;
import dev.tenet.domain.diagnostic.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// Who may approve plugins: names, and files with public keys.
final class ConfiguredPlugins {

  private static final String APPROVED_KEYS = "approvedKeys";

  private ConfiguredPlugins() {}

  /// @param directory what the path of a file is relative to
  static Approvals read(YamlReader yaml, Optional<Node> node, Path directory) {
    Map<String, PublicKey> keys = new HashMap<>();
    node.map(plugins -> yaml.mapping(plugins, "plugins", List.of(APPROVED_KEYS)))
        .flatMap(members -> Optional.ofNullable(members.get(APPROVED_KEYS)))
        .ifPresent(
            approved ->
                yaml.mapping(approved, "the approved keys")
                    .forEach(
                        (name, file) ->
                            yaml.text(file, APPROVED_KEYS)
                                .flatMap(path -> key(yaml, file, directory, path))
                                .ifPresent(key -> keys.put(name, key))));
    return new Approvals(keys);
  }

  private static Optional<PublicKey> key(YamlReader yaml, Node node, Path directory, String path) {
    try {
      String pem =
          Files.readString(directory.resolve(path), UTF_8).replaceAll("-----[A-Z ]+-----|\\s", "");
      return Optional.of(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
    } catch (IOException | InvalidPathException e) {
      yaml.report(node, "%s: %s cannot be read.".formatted(APPROVED_KEYS, Quoted.text(path)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      yaml.report(
          node,
          "%s: %s is no public key by Ed25519 in PEM; openssl pkey -in key.pem -pubout writes one."
              .formatted(APPROVED_KEYS, Quoted.text(path)));
    }
    return Optional.empty();
  }
}
