package dev.tenet.http.routing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a request is answered with.
public sealed interface Answer {

  /// A whole answer.
  ///
  /// @param body bytes as they are, or a wire record that JSON-B writes, or null for none
  record Whole(int status, @Nullable Object body, String contentType, Map<String, String> headers)
      implements Answer {

    /// {@return this answer with one more header}
    public Whole with(String header, String value) {
      if (headers.isEmpty()) {
        return new Whole(status, body, contentType, Map.of(header, value));
      }
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Whole(status, body, contentType, more);
    }

    /// {@return this answer without some headers}
    Whole without(Set<String> names) {
      Map<String, String> fewer = new LinkedHashMap<>(headers);
      fewer.keySet().removeAll(names);
      return new Whole(status, body, contentType, fewer);
    }
  }

  /// An answer written piece by piece; its status is 200.
  record Stream(String contentType, Writer writer) implements Answer {
    /// Writes the answer.
    @FunctionalInterface
    public interface Writer {
      /// Writes everything; closing is the caller's.
      ///
      /// @return whether the body of the request was read to its end, so that another request may follow
      boolean write(OutputStream out) throws IOException;
    }
  }

  /// {@return an answer in JSON}
  static Whole json(int status, Object body) {
    return new Whole(status, body, "application/json", Map.of());
  }

  /// {@return an answer about a tenant's definitions at a revision}
  static Whole json(int status, Object body, long revision) {
    return json(status, body).with("ETag", "\"" + revision + "\"");
  }

  /// {@return an answer without content}
  static Whole empty(int status) {
    return new Whole(status, null, "", Map.of());
  }
}
