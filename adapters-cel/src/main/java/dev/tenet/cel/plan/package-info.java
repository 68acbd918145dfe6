/// Typed conditions over slots: what a checked expression becomes when its types are plain. Knows nothing of CEL's syntax.
///
/// A [dev.tenet.cel.plan.Condition] evaluates itself on the [dev.tenet.cel.plan.Slots] of a decision, without exceptions
/// and without objects, to false, true or fault. It says that there is a fault, not which: who needs to know evaluates the
/// expression again, exactly. What an expression may do that has no typed form is an [dev.tenet.cel.plan.Condition.Opaque]
/// among the typed ones.
///
/// The same conditions are what `dev.tenet.cel.index` sorts rules by and what `dev.tenet.cel.bytecode` makes code of.
@NullMarked
package dev.tenet.cel.plan;

import org.jspecify.annotations.NullMarked;
