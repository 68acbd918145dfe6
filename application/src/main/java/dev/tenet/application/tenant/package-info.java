/// Creating, finding and deleting tenants, and the store they live in.
@NullMarked
package dev.tenet.application.tenant;

import org.jspecify.annotations.NullMarked;
