/// Plugins: what they are called, what they promise, and which of them a tenant uses.
@NullMarked
package dev.tenet.domain.plugin;

import org.jspecify.annotations.NullMarked;
