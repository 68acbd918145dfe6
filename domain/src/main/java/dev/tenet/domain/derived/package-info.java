/// Fields computed from other fields, and the order in which to compute them.
@NullMarked
package dev.tenet.domain.derived;

import org.jspecify.annotations.NullMarked;
