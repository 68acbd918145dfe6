/// What the HTTP interface can do.
@NullMarked
package dev.tenet.http.usecase;

import org.jspecify.annotations.NullMarked;
