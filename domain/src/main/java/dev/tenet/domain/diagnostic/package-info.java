/// Faults in rules, schemas and facts, each with its place and its remedy.
@NullMarked
package dev.tenet.domain.diagnostic;

import org.jspecify.annotations.NullMarked;
