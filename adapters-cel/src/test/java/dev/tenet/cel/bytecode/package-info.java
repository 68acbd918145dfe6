@NullMarked
package dev.tenet.cel.bytecode;

import org.jspecify.annotations.NullMarked;
