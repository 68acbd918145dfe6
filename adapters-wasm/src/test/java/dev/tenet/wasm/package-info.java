@NullMarked
package dev.tenet.wasm;

import org.jspecify.annotations.NullMarked;
