/// Where new ids come from, and API keys: issuing, revoking and reading them, and which of them are good.
@NullMarked
package dev.tenet.application.identity;

import org.jspecify.annotations.NullMarked;
