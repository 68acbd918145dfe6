/// The command line: one class for each command, and what it prints.
@NullMarked
package dev.tenet.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
