/// Explains who may do what.
@NullMarked
package dev.tenet.http.access;

import org.jspecify.annotations.NullMarked;
