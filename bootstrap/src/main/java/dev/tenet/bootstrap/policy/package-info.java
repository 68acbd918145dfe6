/// Linking policies at build time.
@NullMarked
package dev.tenet.bootstrap.policy;

import org.jspecify.annotations.NullMarked;
