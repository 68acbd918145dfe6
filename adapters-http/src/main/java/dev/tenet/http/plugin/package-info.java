/// Plugins and scripts over HTTP.
@NullMarked
package dev.tenet.http.plugin;

import org.jspecify.annotations.NullMarked;
