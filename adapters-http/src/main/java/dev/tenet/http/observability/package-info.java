/// What operators see and set: metrics and logging.
@NullMarked
package dev.tenet.http.observability;

import org.jspecify.annotations.NullMarked;
