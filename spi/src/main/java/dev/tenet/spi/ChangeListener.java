package dev.tenet.spi;

import dev.tenet.application.change.ChangeObserver;

/// Is asked before anything that belongs to a tenant changes, and told afterwards: the tenant itself, its schema, derived fields, rules
/// and settings. Has a public constructor without parameters. Each method does nothing unless it is overridden.
public interface ChangeListener extends ChangeObserver {

  /// {@return a name for messages and logs}
  String name();
}
