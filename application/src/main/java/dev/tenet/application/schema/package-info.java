/// Defining, activating and reading schemas.
@NullMarked
package dev.tenet.application.schema;

import org.jspecify.annotations.NullMarked;
