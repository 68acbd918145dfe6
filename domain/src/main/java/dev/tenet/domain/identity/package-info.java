/// How identifiers are spelled.
@NullMarked
package dev.tenet.domain.identity;

import org.jspecify.annotations.NullMarked;
