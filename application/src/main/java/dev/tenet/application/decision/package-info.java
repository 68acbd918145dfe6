/// Asking what was decided, and whether it would be decided again.
@NullMarked
package dev.tenet.application.decision;

import org.jspecify.annotations.NullMarked;
