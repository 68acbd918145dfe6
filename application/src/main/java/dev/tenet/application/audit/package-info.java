/// The record of who changed what, and of what was denied: where it is kept, how it is read, and who writes denials.
@NullMarked
package dev.tenet.application.audit;

import org.jspecify.annotations.NullMarked;
