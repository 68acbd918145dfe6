/// The history of a tenant on the wire.
@NullMarked
package dev.tenet.http.history;

import org.jspecify.annotations.NullMarked;
