/// Routes of tenants.
@NullMarked
package dev.tenet.http.tenant;

import org.jspecify.annotations.NullMarked;
