package dev.tenet.example.flink;

import java.time.Instant;

/// Something that happened to a tenant and is to be decided over.
///
/// @param id by which events are spread over the machines
/// @param at when it happened, the variable `now` of the rules
/// @param facts as JSON
public record Event(String tenant, String id, Instant at, String facts) {}
