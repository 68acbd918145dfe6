package dev.tenet.http.documentation;

import org.jspecify.annotations.Nullable;

/// How the server is.
public record HealthJson(String status, @Nullable Integer tenantsLoaded, @Nullable String error) {}
