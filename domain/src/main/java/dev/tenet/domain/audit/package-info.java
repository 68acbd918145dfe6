/// What is recorded of changes and denials, and the chain that shows when a record was altered.
@NullMarked
package dev.tenet.domain.audit;

import org.jspecify.annotations.NullMarked;
