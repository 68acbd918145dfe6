/// The decider: commands in, changes or a rejection out. Every invariant of the write side lives here.
@NullMarked
package dev.tenet.domain.change;

import org.jspecify.annotations.NullMarked;
