package dev.tenet.domain.planted;

/// Breaks rule 8: anybody may extend it.
public class Open {}
