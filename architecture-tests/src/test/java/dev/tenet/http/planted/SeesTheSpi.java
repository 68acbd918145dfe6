package dev.tenet.http.planted;

import dev.tenet.spi.StoreProvider;

/// Breaks rule 4: the SPI in the HTTP adapter.
record SeesTheSpi(StoreProvider provider) {}
