package dev.tenet.application.access;

/// Explains who may do what, and why.
public final class ExplainAccess {

  private final AccessRules rules;

  public ExplainAccess(AccessRules rules) {
    this.rules = rules;
  }

  /// {@return whether somebody might do this, why, and what each rule says about it}
  public AccessVerdict explain(AccessRequest request) {
    return rules.explain(request);
  }
}
