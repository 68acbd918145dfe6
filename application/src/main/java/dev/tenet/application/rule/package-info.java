/// Adding, revising, removing and reading rules.
@NullMarked
package dev.tenet.application.rule;

import org.jspecify.annotations.NullMarked;
