package dev.tenet.cel.bytecode;

import dev.tenet.cel.index.Residuals;

/// What classes made of conditions have in common.
abstract class CompiledConditions implements Residuals {}
