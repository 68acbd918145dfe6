/// What facts a tenant speaks of: objects, fields and types, read strictly from plain JSON values.
@NullMarked
package dev.tenet.domain.schema;

import org.jspecify.annotations.NullMarked;
