package dev.tenet.cel;

import dev.tenet.domain.derived.DerivedField;
import java.util.List;

/// What the meaning of rules depends on besides themselves.
///
/// @param toolchain what compiles them
/// @param fields the definitions that `derived` was compiled from
/// @param allowed what expressions may call
/// @param slots where the derived fields are
record RuleScope(
    Toolchain toolchain,
    SchemaTypes schema,
    List<DerivedField> fields,
    AllowedCalls allowed,
    DerivedFields derived,
    DerivedSlots slots) {

  /// {@return whether rules mean the same here as with that toolchain, that schema, those derived fields and those calls}
  @SuppressWarnings("ReferenceEquality") // there is one toolchain for one set of functions
  boolean isOf(
      Toolchain otherToolchain,
      SchemaTypes otherSchema,
      List<DerivedField> otherFields,
      AllowedCalls otherAllowed) {
    if (toolchain != otherToolchain
        || !schema.equals(otherSchema)
        || !allowed.equals(otherAllowed)
        || fields.size() != otherFields.size()) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      DerivedField field = fields.get(i);
      DerivedField other = otherFields.get(i);
      boolean same =
          field.id().equals(other.id())
              && field.name().equals(other.name())
              && field.expression().equals(other.expression());
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
