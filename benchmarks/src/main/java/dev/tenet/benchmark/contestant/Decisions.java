package dev.tenet.benchmark.contestant;

import java.util.List;

/// A set of rules and some facts, both in the form that an entrant likes best. For one thread.
public interface Decisions extends AutoCloseable {

  /// {@return what the rules say of the facts, in the entrant's own words}
  ///
  /// @param sample which facts, from 0
  Object decide(int sample);

  /// {@return the names of the rules that match, in the order of the rules}
  ///
  /// @param sample which facts, from 0
  List<String> matches(int sample);

  @Override
  default void close() {}
}
