/// How a tenant is governed: what it may use, how much of it, and what of it is kept.
@NullMarked
package dev.tenet.domain.governance;

import org.jspecify.annotations.NullMarked;
