/// RFC 9457 problems: the answer to everything that goes wrong.
@NullMarked
package dev.tenet.http.problem;

import org.jspecify.annotations.NullMarked;
