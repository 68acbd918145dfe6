package dev.tenet.domain.governance;

/// What a policy can restrict to a list.
public enum PolicyList {
  /// The model that a request names.
  MODELS("allowedModels", "model not allowed"),
  /// The tool that a request names.
  TOOLS("allowedTools", "tool not allowed"),
  /// The HTTP method of a request.
  METHODS("allowedMethods", "method not allowed"),
  /// The path of a request; an entry that ends in `*` allows all that begin so.
  PATHS("allowedPaths", "path not allowed"),
  /// The functions that expressions call, such as `matches` or `math.greatest`; operators are always allowed.
  FUNCTIONS("allowedFunctions", "function not allowed"),
  /// The macros that expressions use, such as `exists` or `cel.bind`.
  MACROS("allowedMacros", "macro not allowed");

  private final String key;
  private final String reason;

  PolicyList(String key, String reason) {
    this.key = key;
    this.reason = reason;
  }

  /// {@return how the list is written, such as `allowedModels`}
  public String key() {
    return key;
  }

  /// {@return what is said when something is not on the list}
  public String reason() {
    return reason;
  }
}
