package dev.tenet.cel;

import dev.cel.common.CelFunctionDecl;
import java.util.List;

/// A function that expressions can call besides CEL's own, by an extension or a plugin.
///
/// @param cost the work of a call besides going through its arguments
record AddedFunction(
    String name, long cost, CelFunctionDecl declaration, List<Overload> overloads) {
  AddedFunction {
    overloads = List.copyOf(overloads);
  }

  /// {@return a charge for a call and for going through its arguments}
  static Overload.Cost cost(long call) {
    return (values, meter) -> {
      meter.charge(call);
      for (Object value : values) {
        meter.chargeDeep(value);
      }
    };
  }
}
