package dev.tenet.bootstrap.config;

import dev.tenet.artefacts.S3Keys;
import dev.tenet.bootstrap.yaml.YamlReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// The group `artefacts` of the configuration file.
///
/// @param settings what options can give, too, by the keys of [Setting]
/// @param keys what signs requests; empty when it is not said
record ConfiguredArtefacts(Map<String, Node> settings, Optional<S3Keys> keys) {

  private static final String S3 = "s3";
  private static final String ACCESS_KEY = "accessKey";
  private static final String SECRET_KEY = "secretKey";

  ConfiguredArtefacts {
    settings = Map.copyOf(settings);
  }

  static ConfiguredArtefacts read(YamlReader yaml, Optional<Node> node) {
    Map<String, Node> members =
        node.map(group -> yaml.mapping(group, "artefacts", List.of("store", "directory", S3)))
            .orElse(Map.of());
    Optional<Node> objectStore = Optional.ofNullable(members.get(S3));
    Map<String, Node> inside =
        objectStore
            .map(
                group ->
                    yaml.mapping(
                        group,
                        "artefacts.s3",
                        List.of("endpoint", "bucket", "prefix", "region", ACCESS_KEY, SECRET_KEY)))
            .orElse(Map.of());
    Map<String, Node> settings = new HashMap<>();
    members.forEach((key, value) -> settings.put("artefacts." + key, value));
    inside.forEach((key, value) -> settings.put("artefacts.s3." + key, value));
    return new ConfiguredArtefacts(
        settings, objectStore.flatMap(group -> keys(yaml, group, inside)));
  }

  private static Optional<S3Keys> keys(YamlReader yaml, Node group, Map<String, Node> members) {
    if (members.containsKey(ACCESS_KEY) != members.containsKey(SECRET_KEY)) {
      yaml.report(
          group,
          "artefacts.s3: %s and %s go together; without both, %s and %s of the environment are taken."
              .formatted(
                  ACCESS_KEY,
                  SECRET_KEY,
                  ArtefactChoice.ACCESS_VARIABLE,
                  ArtefactChoice.SECRET_VARIABLE));
      return Optional.empty();
    }
    Optional<String> secret = key(yaml, members, SECRET_KEY);
    return key(yaml, members, ACCESS_KEY)
        .flatMap(access -> secret.map(hidden -> new S3Keys(access, hidden)));
  }

  private static Optional<String> key(YamlReader yaml, Map<String, Node> members, String key) {
    return Optional.ofNullable(members.get(key))
        .flatMap(node -> yaml.secret(node, "artefacts.s3." + key));
  }
}
