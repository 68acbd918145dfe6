/// What stands between a request and its route: who asks, in which tenant, what is permitted, and how much of it.
@NullMarked
package dev.tenet.http.governance;

import org.jspecify.annotations.NullMarked;
