/// CEL: checks, plans and evaluates expressions. The doors are [dev.tenet.cel.CelRuleCompiler] and, for programs
/// without a server, [dev.tenet.cel.EmbeddedRules].
@NullMarked
package dev.tenet.cel;

import org.jspecify.annotations.NullMarked;
