/// The durable store: every tenant's journal, and the tables that follow from it, in PostgreSQL.
@NullMarked
package dev.tenet.postgres;

import org.jspecify.annotations.NullMarked;
