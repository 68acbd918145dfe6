/// Who is measured: Tenet, other engines, and a program without any.
@NullMarked
package dev.tenet.benchmark.contestant;

import org.jspecify.annotations.NullMarked;
