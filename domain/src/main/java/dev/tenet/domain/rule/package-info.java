/// Conditions over facts, with tags and typed outputs.
@NullMarked
package dev.tenet.domain.rule;

import org.jspecify.annotations.NullMarked;
