/// Makes JVM code of conditions that are evaluated often: many conditions to a hidden class, which goes away with the last
/// reference to it.
///
/// The code does the ordinary case only. Whenever something is missing, overflows or is of an unexpected kind it gives up
/// and lets the condition evaluate itself, so that there is one place that knows what faults mean.
/// [dev.tenet.cel.bytecode.ConditionCode] writes a method, [dev.tenet.cel.bytecode.CodeCompiler] the classes.
@NullMarked
package dev.tenet.cel.bytecode;

import org.jspecify.annotations.NullMarked;
