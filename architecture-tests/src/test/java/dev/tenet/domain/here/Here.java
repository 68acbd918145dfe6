package dev.tenet.domain.here;

import dev.tenet.domain.there.There;

/// Breaks rule 6 together with [There].
public record Here(There there) {}
