/// What HTTP costs, and what evaluating adds to it.
@NullMarked
package dev.tenet.benchmark.http;

import org.jspecify.annotations.NullMarked;
