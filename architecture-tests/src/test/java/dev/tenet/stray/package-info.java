/// A package of no module.
@NullMarked
package dev.tenet.stray;

import org.jspecify.annotations.NullMarked;
