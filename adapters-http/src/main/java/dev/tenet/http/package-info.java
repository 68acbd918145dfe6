/// The HTTP interface: Helidon routes over the use cases. The door is [dev.tenet.http.TenetHttpServer].
@NullMarked
package dev.tenet.http;

import org.jspecify.annotations.NullMarked;
