/// Finding providers, on the class path and in extension jars.
@NullMarked
package dev.tenet.bootstrap.extension;

import org.jspecify.annotations.NullMarked;
