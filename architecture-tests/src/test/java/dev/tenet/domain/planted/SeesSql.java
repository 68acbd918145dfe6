package dev.tenet.domain.planted;

import java.sql.Timestamp;

/// Breaks rule 2: SQL in the domain.
public record SeesSql(Timestamp at) {}
