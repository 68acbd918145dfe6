/// Who asks, and what their roles permit.
@NullMarked
package dev.tenet.domain.identity;

import org.jspecify.annotations.NullMarked;
