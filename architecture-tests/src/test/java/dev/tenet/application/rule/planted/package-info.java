/// Use cases that break the rules of use cases.
@NullMarked
package dev.tenet.application.rule.planted;

import org.jspecify.annotations.NullMarked;
