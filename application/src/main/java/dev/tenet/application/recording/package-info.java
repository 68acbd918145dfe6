/// Keeping decisions: the log of them, and what fills it.
@NullMarked
package dev.tenet.application.recording;

import org.jspecify.annotations.NullMarked;
