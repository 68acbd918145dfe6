package dev.tenet.example.flink;

import java.util.List;

/// An event that could not be decided over.
///
/// @param reasons why, a sentence each
public record Undecided(Event event, List<String> reasons) {}
