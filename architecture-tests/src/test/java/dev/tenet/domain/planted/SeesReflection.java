package dev.tenet.domain.planted;

import java.lang.reflect.Method;

/// Breaks rule 2: reflection in the domain.
public record SeesReflection(Method method) {}
