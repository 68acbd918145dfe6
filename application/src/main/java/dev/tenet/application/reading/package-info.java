/// Reading definitions, long lists page by page.
@NullMarked
package dev.tenet.application.reading;

import org.jspecify.annotations.NullMarked;
