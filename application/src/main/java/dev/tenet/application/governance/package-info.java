/// Keeps tenants within what they may do and use.
@NullMarked
package dev.tenet.application.governance;

import org.jspecify.annotations.NullMarked;
