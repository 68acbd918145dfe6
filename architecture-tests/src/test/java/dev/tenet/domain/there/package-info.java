/// The other half of a cycle.
@NullMarked
package dev.tenet.domain.there;

import org.jspecify.annotations.NullMarked;
