/// The corridor that every change takes: load, decide, compile, settle, append, publish.
@NullMarked
package dev.tenet.application.change;

import org.jspecify.annotations.NullMarked;
