/// Where the process begins.
@NullMarked
package dev.tenet.bootstrap;

import org.jspecify.annotations.NullMarked;
