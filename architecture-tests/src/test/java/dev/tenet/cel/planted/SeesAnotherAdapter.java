package dev.tenet.cel.planted;

import dev.tenet.inmemory.InMemoryTenantStore;

/// Breaks rule 4: an adapter in another.
record SeesAnotherAdapter(InMemoryTenantStore store) {}
