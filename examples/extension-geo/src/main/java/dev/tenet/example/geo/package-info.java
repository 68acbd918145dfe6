/// An extension: functions over places on the earth.
@NullMarked
package dev.tenet.example.geo;

import org.jspecify.annotations.NullMarked;
