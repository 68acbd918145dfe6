/// Violations that look as if they stood in an adapter.
@NullMarked
package dev.tenet.http.planted;

import org.jspecify.annotations.NullMarked;
