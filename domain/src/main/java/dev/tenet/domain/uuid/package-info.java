/// How identifiers are spelled.
@NullMarked
package dev.tenet.domain.uuid;

import org.jspecify.annotations.NullMarked;
