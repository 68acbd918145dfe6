package dev.tenet.bootstrap.config;

import dev.tenet.http.identity.TokenSettings;
import java.util.Optional;

/// Whether requests must say who sends them, and who is believed.
///
/// @param on whether they must; otherwise everybody may do everything
/// @param insecure whether everybody may be served who reaches the server from elsewhere, although it is off
/// @param tokens which tokens are believed besides API keys
public record Authentication(boolean on, boolean insecure, Optional<TokenSettings> tokens) {}
