/// The audit on the wire.
@NullMarked
package dev.tenet.http.audit;

import org.jspecify.annotations.NullMarked;
