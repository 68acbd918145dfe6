/// Reading JSON strictly, and writing plain values.
@NullMarked
package dev.tenet.http.json;

import org.jspecify.annotations.NullMarked;
