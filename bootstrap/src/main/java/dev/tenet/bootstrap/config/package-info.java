/// The settings of a server: options, environment, file and defaults.
@NullMarked
package dev.tenet.bootstrap.config;

import org.jspecify.annotations.NullMarked;
