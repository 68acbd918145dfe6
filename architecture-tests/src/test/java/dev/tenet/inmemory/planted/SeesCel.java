package dev.tenet.inmemory.planted;

import dev.cel.common.CelValidationException;

/// Breaks rule 5: CEL outside its home.
record SeesCel(CelValidationException fault) {}
