/// What an extension jar compiles against.
///
/// An extension is a jar with one or more providers, each named in `META-INF/services`, that is put into the folder given
/// by `--extensions`. Each jar has a class loader of its own, which sees the JDK, this package and what it needs:
/// the jar's own classes and nothing else of Tenet.
///
/// - [FunctionProvider] adds functions that rules and derived fields call.
/// - [StoreProvider] adds a place to keep tenants in.
/// - [DecisionListener] is told of every decision.
///
/// Tenet's own stores are providers like any other.
@NullMarked
package dev.tenet.spi;

import org.jspecify.annotations.NullMarked;
