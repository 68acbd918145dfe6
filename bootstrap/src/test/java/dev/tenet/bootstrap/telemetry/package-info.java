/// Metrics and traces, seen from outside.
@NullMarked
package dev.tenet.bootstrap.telemetry;

import org.jspecify.annotations.NullMarked;
