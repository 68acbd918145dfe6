/// Hashes by which content is known.
@NullMarked
package dev.tenet.domain.hash;

import org.jspecify.annotations.NullMarked;
