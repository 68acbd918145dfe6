/// Running the measurements.
@NullMarked
package dev.tenet.benchmark.run;

import org.jspecify.annotations.NullMarked;
