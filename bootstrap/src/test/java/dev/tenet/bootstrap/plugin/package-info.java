/// Plugins for tests.
@NullMarked
package dev.tenet.bootstrap.plugin;

import org.jspecify.annotations.NullMarked;
