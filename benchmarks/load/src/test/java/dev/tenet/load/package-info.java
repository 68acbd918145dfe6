/// A server under the load of many users, with Gatling.
@NullMarked
package dev.tenet.load;

import org.jspecify.annotations.NullMarked;
