/// The store for tests and throw-away runs: forgets everything when the process ends.
@NullMarked
package dev.tenet.inmemory;

import org.jspecify.annotations.NullMarked;
