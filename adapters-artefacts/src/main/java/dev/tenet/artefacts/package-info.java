/// Keeps the code of plugins and scripts outside of the database: in a directory, or in an object store that speaks S3.
@NullMarked
package dev.tenet.artefacts;

import org.jspecify.annotations.NullMarked;
