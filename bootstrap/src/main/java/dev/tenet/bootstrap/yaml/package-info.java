/// Strict reading of YAML files, with the place of every fault.
@NullMarked
package dev.tenet.bootstrap.yaml;

import org.jspecify.annotations.NullMarked;
