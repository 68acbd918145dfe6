/// Defining, revising, removing and reading derived fields.
@NullMarked
package dev.tenet.application.derived;

import org.jspecify.annotations.NullMarked;
