/// The log: what a line looks like, which events get one, and how lines reach standard error without anybody waiting.
@NullMarked
package dev.tenet.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
