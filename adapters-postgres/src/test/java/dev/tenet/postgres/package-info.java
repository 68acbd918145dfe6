@NullMarked
package dev.tenet.postgres;

import org.jspecify.annotations.NullMarked;
