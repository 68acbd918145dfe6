/// The port behind which tenants are kept, and how their present state is read.
@NullMarked
package dev.tenet.application.store;

import org.jspecify.annotations.NullMarked;
