/// Routes of rules.
@NullMarked
package dev.tenet.http.rule;

import org.jspecify.annotations.NullMarked;
