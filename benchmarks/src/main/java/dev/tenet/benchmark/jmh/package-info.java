/// The measurements, for JMH.
@NullMarked
package dev.tenet.benchmark.jmh;

import org.jspecify.annotations.NullMarked;
