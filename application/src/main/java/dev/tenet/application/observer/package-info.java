/// Those who watch: told what happens, or asked before it does, each isolated from the failures of the others.
@NullMarked
package dev.tenet.application.observer;

import org.jspecify.annotations.NullMarked;
