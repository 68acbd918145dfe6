/// CEL: checks, plans and evaluates expressions. The doors are [dev.tenet.cel.CelRuleCompiler] and, for programs
/// without a server, [dev.tenet.cel.EmbeddedRules].
///
/// The way of an expression: [dev.tenet.cel.ExpressionChecker] parses and checks it, all that is wrong becomes diagnostics
/// ([dev.tenet.cel.Issues]). What is sound is planned twice: into nodes, which are exact, metered and can explain
/// themselves ([dev.tenet.cel.TreePlanner]), and into a typed condition, which only decides, quickly
/// ([dev.tenet.cel.ConditionPlanner], `dev.tenet.cel.plan`). A tenant's rules ([dev.tenet.cel.CompiledRules]) are decided
/// all at once by an index of their typed conditions ([dev.tenet.cel.IndexedPrograms], `dev.tenet.cel.index`), those parts of
/// them that cannot be looked up, when they are hot, by code (`dev.tenet.cel.bytecode`). The nodes tell which fault a rule has,
/// compute outputs, and make traces ([dev.tenet.cel.DecisionRun]).
@NullMarked
package dev.tenet.cel;

import org.jspecify.annotations.NullMarked;
