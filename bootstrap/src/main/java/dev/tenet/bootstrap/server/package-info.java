/// A whole server: store, engine, extensions and HTTP interface.
@NullMarked
package dev.tenet.bootstrap.server;

import org.jspecify.annotations.NullMarked;
