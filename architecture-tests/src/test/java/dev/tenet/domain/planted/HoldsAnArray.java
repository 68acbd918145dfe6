package dev.tenet.domain.planted;

/// Breaks rule 8: what it holds may change.
@SuppressWarnings("ArrayRecordComponent")
public record HoldsAnArray(int[] numbers) {}
