package dev.tenet.application.planted;

import dev.tenet.inmemory.InMemoryTenantStore;

/// Breaks rule 3: an adapter in the application.
public record SeesAnAdapter(InMemoryTenantStore store) {}
