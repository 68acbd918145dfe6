package dev.tenet.benchmark.rules;

/// Who pays.
///
/// @param age in years, 18 to 90
/// @param country one of 20
/// @param score 0 to 1
/// @param level one of 4
public record User(long age, String country, double score, boolean active, String level) {}
