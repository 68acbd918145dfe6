/// From Helidon's requests to calls, and from answers to Helidon's responses.
@NullMarked
package dev.tenet.http.routing;

import org.jspecify.annotations.NullMarked;
