/// What happened to a tenant.
@NullMarked
package dev.tenet.application.history;

import org.jspecify.annotations.NullMarked;
