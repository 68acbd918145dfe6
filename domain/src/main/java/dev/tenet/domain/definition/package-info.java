/// Rule sets as a program or a file writes them: schema, derived fields and rules in plain text, by name.
@NullMarked
package dev.tenet.domain.definition;

import org.jspecify.annotations.NullMarked;
