/// Bundles: a tenant's schema, derived fields and rules in one YAML file.
@NullMarked
package dev.tenet.bootstrap.bundle;

import org.jspecify.annotations.NullMarked;
