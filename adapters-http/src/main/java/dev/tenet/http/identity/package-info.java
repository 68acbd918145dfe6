/// Who asks: from the credentials of a request to a principal.
@NullMarked
package dev.tenet.http.identity;

import org.jspecify.annotations.NullMarked;
