/// What is told about a running server: metrics, traces, and warnings when its connections run out.
@NullMarked
package dev.tenet.bootstrap.telemetry;

import org.jspecify.annotations.NullMarked;
