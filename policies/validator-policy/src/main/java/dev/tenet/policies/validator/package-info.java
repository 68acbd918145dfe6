/// An example of a compiled-in policy.
@NullMarked
package dev.tenet.policies.validator;

import org.jspecify.annotations.NullMarked;
