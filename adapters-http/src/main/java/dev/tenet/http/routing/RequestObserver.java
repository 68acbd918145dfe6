package dev.tenet.http.routing;

import org.jspecify.annotations.Nullable;

/// Is told of every request, on the thread that serves it: be quick. What it throws is logged and changes nothing.
public interface RequestObserver {

  /// The trace of one request.
  interface Trace {
    /// {@return the trace's id, 32 hexadecimal digits}
    String id();
  }

  /// A request has come; nothing but its route is known yet.
  ///
  /// @return the trace that is made of it, or null for none
  default @Nullable Trace begun(ServedRequest request) {
    return null;
  }

  /// A request was answered, or its client did not take the answer; everything that will be known of it is.
  void answered(ServedRequest request);
}
