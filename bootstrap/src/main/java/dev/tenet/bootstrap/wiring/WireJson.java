package dev.tenet.bootstrap.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.plugin.JsonFormat;
import dev.tenet.http.json.PlainJson;
import dev.tenet.http.json.StrictJson;
import org.jspecify.annotations.Nullable;

/// JSON for plugins, as it is over HTTP.
final class WireJson implements JsonFormat {

  @Override
  public byte[] write(@Nullable Object value) {
    return PlainJson.text(value).getBytes(UTF_8);
  }

  @Override
  public @Nullable Object read(byte[] json) {
    try {
      return StrictJson.parse(json);
    } catch (StrictJson.Malformed e) {
      throw new IllegalArgumentException("%s at %s".formatted(e.getMessage(), e.pointer()), e);
    }
  }
}
