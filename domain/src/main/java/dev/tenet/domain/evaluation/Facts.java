package dev.tenet.domain.evaluation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Facts whose every value has the type that the layout gives it.
///
/// Values are `Long`, `Double`, `Boolean`, `String`, [Bytes], `java.time.Instant`, `java.time.Duration`, `List`,
/// `Map<String, ?>` and, in a `dyn` field only, null. What is missing has no entry.
///
/// @param objects the schema's objects that are there, by name
/// @param supplied the derived fields that the caller sent along, by name
public record Facts(
    Map<String, Map<String, @Nullable Object>> objects, Map<String, Object> supplied) {}
