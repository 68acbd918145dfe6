@NullMarked
package dev.tenet.postgres.embedded;

import org.jspecify.annotations.NullMarked;
