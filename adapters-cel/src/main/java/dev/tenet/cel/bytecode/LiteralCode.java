package dev.tenet.cel.bytecode;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/// Writes what loads the literals of the condition that the loop is at, or, in the code of a single condition, the literals
/// themselves.
final class LiteralCode {

  /// A class file has no longer constants than 65,535 bytes.
  private static final int LONGEST_TEXT = 20_000;

  private final CodeBuilder code;
  private final Shape shape;
  private final boolean inline;
  private final int number;

  LiteralCode(CodeBuilder code, Shape shape, boolean inline) {
    this.code = code;
    this.shape = shape;
    this.inline = inline;
    this.number = code.allocateLocal(TypeKind.INT);
  }

  /// Takes the number of the condition from the stack.
  void enter() {
    code.istore(number);
  }

  /// Pushes the integer of a node.
  void integer(Object node) {
    if (inline) {
      code.loadConstant(shape.integers().get(shape.parameter(node)).longValue());
      return;
    }
    array("integers", CD_long);
    place(shape.integers().size(), node);
    code.laload();
  }

  /// Pushes the floating-point number of a node.
  void real(Object node) {
    if (inline) {
      code.loadConstant(shape.reals().get(shape.parameter(node)).doubleValue());
      return;
    }
    array("reals", CD_double);
    place(shape.reals().size(), node);
    code.daload();
  }

  /// Pushes any other literal of a node.
  void object(Object node, ClassDesc type) {
    if (inline
        && shape.objects().get(shape.parameter(node)) instanceof String text
        && text.length() <= LONGEST_TEXT) {
      code.loadConstant(text);
      return;
    }
    array("objects", CD_Object);
    place(shape.objects().size(), node);
    code.aaload().checkcast(type);
  }

  /// Pushes the condition itself.
  void condition() {
    array("conditions", CodeCompiler.CONDITION);
    code.iload(number).aaload();
  }

  private void array(String name, ClassDesc type) {
    code.aload(ConditionCode.LITERALS).getfield(CodeCompiler.LITERALS, name, type.arrayType());
  }

  private void place(int literalsPerCondition, Object node) {
    code.iload(number);
    if (literalsPerCondition > 1) {
      code.loadConstant(literalsPerCondition).imul().loadConstant(shape.parameter(node)).iadd();
    }
  }
}
