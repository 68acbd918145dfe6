package dev.tenet.domain.planted;

import dev.tenet.application.reading.PageRequest;

/// Breaks rule 2: the application in the domain.
public record SeesTheApplication(PageRequest<Long> page) {}
