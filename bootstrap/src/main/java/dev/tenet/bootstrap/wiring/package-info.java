/// What is made of what, and in which order.
@NullMarked
package dev.tenet.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
