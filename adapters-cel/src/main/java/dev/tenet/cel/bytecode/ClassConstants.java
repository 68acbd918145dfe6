package dev.tenet.cel.bytecode;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.util.ArrayList;
import java.util.List;

/// The objects that code refers to, handed to its class when it is defined.
final class ClassConstants {

  private final List<Object> all = new ArrayList<>();

  /// {@return a constant that is the object when the code runs}
  ///
  /// @param type what the code sees it as
  DynamicConstantDesc<?> of(Object object, Class<?> type) {
    all.add(object);
    return DynamicConstantDesc.ofNamed(
        ConstantDescs.BSM_CLASS_DATA_AT,
        ConstantDescs.DEFAULT_NAME,
        ClassDesc.of(type.getName()),
        all.size() - 1);
  }

  /// {@return all objects, each at its place}
  List<Object> all() {
    return all;
  }
}
