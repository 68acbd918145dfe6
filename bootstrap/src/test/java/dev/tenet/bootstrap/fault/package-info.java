/// What Tenet promises when servers, PostgreSQL and the network fail, tried on real processes.
@NullMarked
package dev.tenet.bootstrap.fault;

import org.jspecify.annotations.NullMarked;
