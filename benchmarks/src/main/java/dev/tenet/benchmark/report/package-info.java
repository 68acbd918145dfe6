/// What is made of the measurements: targets met or missed, tables, plots.
@NullMarked
package dev.tenet.benchmark.report;

import org.jspecify.annotations.NullMarked;
