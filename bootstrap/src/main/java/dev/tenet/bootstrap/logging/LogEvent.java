package dev.tenet.bootstrap.logging;

import dev.tenet.http.observability.LogLevel;
import dev.tenet.http.routing.ServedRequest;
import org.jspecify.annotations.Nullable;

/// Something that happened.
///
/// @param millis when, in milliseconds since 1970
/// @param thrown the exception that goes with it, or null
/// @param request the request that was being served, or null
/// @param leftOut how many events like it were not logged since the last that was
record LogEvent(
    long millis,
    LogLevel level,
    String logger,
    String message,
    @Nullable Throwable thrown,
    @Nullable ServedRequest request,
    long leftOut) {}
