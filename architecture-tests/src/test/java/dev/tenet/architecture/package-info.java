/// The rules of the house, see `docs/architecture.md`: what they are, that the code keeps them, and that each fails on a
/// planted violation.
@NullMarked
package dev.tenet.architecture;

import org.jspecify.annotations.NullMarked;
