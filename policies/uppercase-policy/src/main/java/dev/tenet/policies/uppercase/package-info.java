/// An example of a compiled-in policy.
@NullMarked
package dev.tenet.policies.uppercase;

import org.jspecify.annotations.NullMarked;
