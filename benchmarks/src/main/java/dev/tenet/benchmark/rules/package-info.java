/// What is measured: generated rules, and facts to evaluate them on.
@NullMarked
package dev.tenet.benchmark.rules;

import org.jspecify.annotations.NullMarked;
