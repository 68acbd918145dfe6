/// CEL: checks, plans and evaluates expressions. The door is [dev.tenet.cel.CelRuleCompiler].
@NullMarked
package dev.tenet.cel;

import org.jspecify.annotations.NullMarked;
