/// Makes JVM code of conditions that are evaluated often: a hidden class for each shape that conditions have, which goes away
/// when nobody uses it.
///
/// The code does the ordinary case only. Whenever something is missing, overflows or is of an unexpected kind it gives up
/// and lets the condition evaluate itself, so that there is one place that knows what faults mean.
/// [dev.tenet.cel.bytecode.Shape] says which conditions share code, [dev.tenet.cel.bytecode.ConditionCode] writes it,
/// [dev.tenet.cel.bytecode.CodeCompiler] makes the classes, and [dev.tenet.cel.bytecode.ShapedResiduals] calls them.
@NullMarked
package dev.tenet.cel.bytecode;

import org.jspecify.annotations.NullMarked;
