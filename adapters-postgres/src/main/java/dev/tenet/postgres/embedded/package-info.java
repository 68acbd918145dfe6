/// A PostgreSQL that Tenet runs itself: from the unpacked binaries to a server that is up again after any crash.
@NullMarked
package dev.tenet.postgres.embedded;

import org.jspecify.annotations.NullMarked;
