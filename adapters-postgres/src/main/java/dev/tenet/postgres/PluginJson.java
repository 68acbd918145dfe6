package dev.tenet.postgres;

import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.InstalledPlugin.HostCapability;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plugins that a tenant uses, to and from plain JSON values.
final class PluginJson {

  private PluginJson() {}

  static Map<String, Object> write(InstalledPlugin plugin) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", plugin.name());
    json.put("version", plugin.version());
    json.put("artefact", plugin.artefact().hex());
    json.put("functions", plugin.functions().stream().map(PluginJson::write).toList());
    json.put("dependencies", plugin.dependencies());
    json.put("granted", plugin.granted());
    json.put("host", plugin.host().stream().map(HostCapability::name).toList());
    if (plugin.previous() != null) {
      json.put("previous", plugin.previous());
    }
    return json;
  }

  private static Map<String, Object> write(FunctionContract contract) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", contract.name().toString());
    json.put("types", contract.types());
    json.put("cacheable", contract.cacheable());
    json.put("timeToLiveSeconds", contract.timeToLive().toSeconds());
    json.put("timeoutMillis", contract.timeout().toMillis());
    return json;
  }

  static InstalledPlugin plugin(@Nullable Object value) {
    Members json = Members.of(value);
    Set<HostCapability> host =
        json.texts("host").stream().map(HostCapability::valueOf).collect(Collectors.toSet());
    return new InstalledPlugin(
        json.text("name"),
        json.text("version"),
        new Sha256(json.text("artefact")),
        json.list("functions", PluginJson::contract),
        json.texts("dependencies"),
        json.texts("granted"),
        host,
        json.optionalText("previous"));
  }

  private static FunctionContract contract(@Nullable Object value) {
    Members json = Members.of(value);
    String name = json.text("name");
    return FunctionContract.withTypes(
        FunctionName.of(name)
            .orElseThrow(
                () -> new IllegalStateException("The database holds no function name: " + name)),
        members(json.members("types")),
        json.flag("cacheable"),
        Duration.ofSeconds(json.number("timeToLiveSeconds")),
        Duration.ofMillis(json.number("timeoutMillis")));
  }

  private static Map<String, Object> members(Members json) {
    Map<String, Object> members = new LinkedHashMap<>();
    json.object().forEach((name, value) -> members.put((String) name, value));
    return members;
  }
}
