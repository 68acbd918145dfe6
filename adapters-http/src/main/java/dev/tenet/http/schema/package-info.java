/// Routes of schemas.
@NullMarked
package dev.tenet.http.schema;

import org.jspecify.annotations.NullMarked;
