/// Keeps the OpenAPI document, the page of problems and the server true to each other, and the server standing.
@NullMarked
package dev.tenet.bootstrap.openapi;

import org.jspecify.annotations.NullMarked;
