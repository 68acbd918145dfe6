/// Tenet's engine inside a program.
@NullMarked
package dev.tenet.example.embedded;

import org.jspecify.annotations.NullMarked;
