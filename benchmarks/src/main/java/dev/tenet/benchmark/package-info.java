/// How fast the engine and the server are, beside others.
@NullMarked
package dev.tenet.benchmark;

import org.jspecify.annotations.NullMarked;
