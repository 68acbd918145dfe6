package dev.tenet.spi;

import java.util.Map;

/// Logic that is compiled into Tenet: linked at build time by `tenet policies link`, checked by the compiler, and called without
/// reflection. Rules call it as `policy.NAME(input)`. Has a public constructor without parameters, and no state.
public interface Policy {

  /// {@return the name, an identifier such as `uppercase_policy`}
  String name();

  /// {@return what it makes of the input, as plain values}
  ///
  /// A refusal is a result, not an exception.
  ///
  /// @param input an object as plain values, see [Function]
  /// @throws IllegalArgumentException with a message for the rule's author, when the input makes no sense
  Map<String, Object> execute(Map<String, ?> input);

  /// Checks that it can work. Called once, when it is linked and when Tenet starts.
  ///
  /// @throws IllegalStateException with the reason, when it cannot
  default void validate() {}
}
