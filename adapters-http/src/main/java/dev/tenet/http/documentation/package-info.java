/// Health, the OpenAPI document, Swagger UI and the page of problems.
@NullMarked
package dev.tenet.http.documentation;

import org.jspecify.annotations.NullMarked;
