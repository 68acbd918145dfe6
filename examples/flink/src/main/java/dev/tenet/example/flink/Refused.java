package dev.tenet.example.flink;

import java.util.List;

/// A change whose definition has faults; the rules before it stay in force.
///
/// @param faults all of them, a line each
public record Refused(RuleSetChange change, List<String> faults) {}
