/// The HTTP interface from outside: contracts that hold with every store.
@NullMarked
package dev.tenet.bootstrap.http;

import org.jspecify.annotations.NullMarked;
