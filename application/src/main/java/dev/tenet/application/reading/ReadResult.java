package dev.tenet.application.reading;

/// What asking for a part of a tenant's definitions gives.
///
/// @param <T> what was asked for
public sealed interface ReadResult<T> {

  /// It is there.
  ///
  /// @param revision the tenant's revision at which it was read
  record Found<T>(T value, long revision) implements ReadResult<T> {}

  /// It is not there, or not this tenant's, which looks the same.
  ///
  /// @param what what is missing: `tenant`, `rule` and so on
  record NotFound<T>(String what) implements ReadResult<T> {}
}
