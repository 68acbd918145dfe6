/// Tenants, the state that all their decisions depend on, and their limits.
@NullMarked
package dev.tenet.domain.tenant;

import org.jspecify.annotations.NullMarked;
