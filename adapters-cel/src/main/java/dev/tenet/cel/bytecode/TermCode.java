package dev.tenet.cel.bytecode;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.IntegerTerm;
import dev.tenet.cel.plan.Loop;
import dev.tenet.cel.plan.RealTerm;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the terms of conditions. What a term reads is loaded into local variables first, because the code can give up only
/// while nothing is on the stack; what it computes is then pushed.
final class TermCode {

  private static final int SLOTS = ConditionCode.SLOTS;
  private static final ClassDesc INTEGER_TERM = ClassDesc.of(IntegerTerm.class.getName());
  private static final ClassDesc REAL_TERM = ClassDesc.of(RealTerm.class.getName());
  private static final MethodTypeDesc INTEGER_VALUE =
      MethodTypeDesc.of(CD_long, CodeCompiler.SLOTS);
  private static final MethodTypeDesc REAL_VALUE = MethodTypeDesc.of(CD_double, CodeCompiler.SLOTS);
  private static final MethodTypeDesc INTEGER_OPERATION =
      MethodTypeDesc.of(CD_long, CD_long, CD_long, CodeCompiler.SLOTS);

  /// A variable with the element that a loop is at.
  private record Element(int variable, TypeKind kind) {}

  /// What was loaded for a comparison.
  ///
  /// @param slots the variable that holds the word of each slot
  /// @param mayFault whether computing may still set the flag that there is a fault
  record Loaded(Map<Integer, Integer> slots, boolean mayFault) {}

  private final CodeBuilder code;
  private final LiteralCode literals;
  private final Label giveUp;
  private final Map<Integer, Element> elements = new HashMap<>();

  TermCode(CodeBuilder code, LiteralCode literals, Label giveUp) {
    this.code = code;
    this.literals = literals;
    this.giveUp = giveUp;
  }

  /// {@return the kind of the elements of a loop over numbers, or null when it is over something else}
  static @Nullable TypeKind elements(Loop loop) {
    Set<TypeKind> kinds = new LinkedHashSet<>();
    collect(loop.body(), loop.depth(), kinds);
    return kinds.size() == 1 ? kinds.iterator().next() : null;
  }

  private static void collect(Condition body, int depth, Set<TypeKind> kinds) {
    switch (body) {
      case Condition.And and -> and.operands().forEach(each -> collect(each, depth, kinds));
      case Condition.Or or -> or.operands().forEach(each -> collect(each, depth, kinds));
      case Condition.Not(var operand) -> collect(operand, depth, kinds);
      case Condition.Choice(var when, var yes, var no) -> {
        collect(when, depth, kinds);
        collect(yes, depth, kinds);
        collect(no, depth, kinds);
      }
      case Condition.Quantified(Loop inner) -> collect(inner.body(), depth, kinds);
      case Condition.Integers(var left, var relation, var right) -> {
        collect(left, depth, kinds);
        collect(right, depth, kinds);
      }
      case Condition.IntegerIn(var term, var among) -> collect(term, depth, kinds);
      case Condition.Reals(var left, var relation, var right) -> {
        collect(left, depth, kinds);
        collect(right, depth, kinds);
      }
      default -> {}
    }
  }

  private static void collect(IntegerTerm term, int depth, Set<TypeKind> kinds) {
    switch (term) {
      case IntegerTerm.Element(int loop) when loop == depth -> kinds.add(TypeKind.LONG);
      case IntegerTerm.Arithmetic(var operation, var left, var right) -> {
        collect(left, depth, kinds);
        collect(right, depth, kinds);
      }
      case IntegerTerm.Negated(var operand) -> collect(operand, depth, kinds);
      default -> {}
    }
  }

  private static void collect(RealTerm term, int depth, Set<TypeKind> kinds) {
    switch (term) {
      case RealTerm.Element(int loop) when loop == depth -> kinds.add(TypeKind.DOUBLE);
      case RealTerm.Arithmetic(var operation, var left, var right) -> {
        collect(left, depth, kinds);
        collect(right, depth, kinds);
      }
      case RealTerm.Negated(var operand) -> collect(operand, depth, kinds);
      case RealTerm.OfInteger(var operand) -> collect(operand, depth, kinds);
      default -> {}
    }
  }

  /// Pushes whether there is a value in a slot.
  void present(int slot) {
    code.aload(SLOTS)
        .getfield(CodeCompiler.SLOTS, "present", CD_boolean.arrayType())
        .loadConstant(slot)
        .baload();
  }

  void requirePresent(int slot) {
    present(slot);
    code.ifeq(giveUp);
  }

  /// Pushes the word in a slot.
  void word(int slot) {
    code.aload(SLOTS)
        .getfield(CodeCompiler.SLOTS, "words", CD_long.arrayType())
        .loadConstant(slot)
        .laload();
  }

  /// Pushes the floating-point number in a slot.
  void real(int slot) {
    word(slot);
    code.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
  }

  /// {@return a new variable with what is in a slot, which is not null}
  int reference(int slot) {
    requirePresent(slot);
    int variable = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(SLOTS)
        .getfield(CodeCompiler.SLOTS, "references", CD_Object.arrayType())
        .loadConstant(slot)
        .aaload()
        .astore(variable)
        .aload(variable)
        .ifnull(giveUp);
    return variable;
  }

  /// Takes the element that a loop is at from the stack.
  void enter(int loop, TypeKind kind) {
    int variable = code.allocateLocal(kind);
    code.storeLocal(kind, variable);
    elements.put(loop, new Element(variable, kind));
  }

  void leave(int loop) {
    elements.remove(loop);
  }

  /// Puts the elements where conditions that evaluate themselves look for them.
  void storeElements() {
    elements.forEach(
        (loop, element) -> {
          code.aload(SLOTS)
              .getfield(CodeCompiler.SLOTS, "elementWords", CD_long.arrayType())
              .loadConstant(loop)
              .loadLocal(element.kind(), element.variable());
          if (element.kind() == TypeKind.DOUBLE) {
            code.invokestatic(
                CD_Double, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
          }
          code.lastore();
        });
  }

  /// Loads what two terms read.
  Loaded load(IntegerTerm left, IntegerTerm right) {
    return load(
        visitor -> {
          visit(left, visitor);
          visit(right, visitor);
        });
  }

  /// Loads what two terms read.
  Loaded load(RealTerm left, RealTerm right) {
    return load(
        visitor -> {
          visit(left, visitor);
          visit(right, visitor);
        });
  }

  /// Collects what loading needs to know of terms.
  private static final class Visitor {
    final Set<Integer> slots = new LinkedHashSet<>();
    boolean mayFault;
    boolean evaluatesItself;
  }

  private Loaded load(Consumer<Visitor> visit) {
    Visitor visitor = new Visitor();
    visit.accept(visitor);
    if (visitor.evaluatesItself) {
      storeElements();
    }
    Map<Integer, Integer> variables = new HashMap<>();
    for (int slot : visitor.slots) {
      requirePresent(slot);
      int variable = code.allocateLocal(TypeKind.LONG);
      word(slot);
      code.lstore(variable);
      variables.put(slot, variable);
    }
    return new Loaded(variables, visitor.mayFault);
  }

  private void visit(IntegerTerm term, Visitor visitor) {
    switch (term) {
      case IntegerTerm.Constant constant -> {}
      case IntegerTerm.Slot(int slot) -> visitor.slots.add(slot);
      case IntegerTerm.Element(int loop) when elements.containsKey(loop) -> {}
      case IntegerTerm.Arithmetic(var operation, var left, var right) -> {
        visitor.mayFault = true;
        visit(left, visitor);
        visit(right, visitor);
      }
      case IntegerTerm.Negated(var operand) -> {
        visitor.mayFault = true;
        visit(operand, visitor);
      }
      default -> visitor.mayFault = visitor.evaluatesItself = true;
    }
  }

  private void visit(RealTerm term, Visitor visitor) {
    switch (term) {
      case RealTerm.Constant constant -> {}
      case RealTerm.Slot(int slot) -> visitor.slots.add(slot);
      case RealTerm.Element(int loop) when elements.containsKey(loop) -> {}
      case RealTerm.Arithmetic(var operation, var left, var right) -> {
        visit(left, visitor);
        visit(right, visitor);
      }
      case RealTerm.Negated(var operand) -> visit(operand, visitor);
      case RealTerm.OfInteger(var operand) -> visit(operand, visitor);
      default -> visitor.mayFault = visitor.evaluatesItself = true;
    }
  }

  /// Pushes the value of a term.
  void push(IntegerTerm term, Loaded loaded) {
    switch (term) {
      case IntegerTerm.Constant constant -> literals.integer(constant);
      case IntegerTerm.Slot(int slot) -> code.lload(variable(slot, loaded));
      case IntegerTerm.Element(int loop) when elements.containsKey(loop) ->
          code.lload(elements.get(loop).variable());
      case IntegerTerm.Arithmetic(var operation, var left, var right) -> {
        push(left, loaded);
        push(right, loaded);
        integerOperation(
            switch (operation) {
              case PLUS -> "plus";
              case MINUS -> "minus";
              case TIMES -> "times";
              case DIVIDE -> "divide";
              case REMAINDER -> "remainder";
            });
      }
      case IntegerTerm.Negated(var operand) -> {
        code.lconst_0();
        push(operand, loaded);
        integerOperation("minus");
      }
      default -> {
        literals.object(term, INTEGER_TERM);
        code.aload(SLOTS).invokeinterface(INTEGER_TERM, "value", INTEGER_VALUE);
      }
    }
  }

  private void integerOperation(String name) {
    code.aload(SLOTS).invokestatic(INTEGER_TERM, name, INTEGER_OPERATION, true);
  }

  /// Pushes the value of a term.
  void push(RealTerm term, Loaded loaded) {
    switch (term) {
      case RealTerm.Constant constant -> literals.real(constant);
      case RealTerm.Slot(int slot) ->
          code.lload(variable(slot, loaded))
              .invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
      case RealTerm.Element(int loop) when elements.containsKey(loop) ->
          code.dload(elements.get(loop).variable());
      case RealTerm.Arithmetic(var operation, var left, var right) -> {
        push(left, loaded);
        push(right, loaded);
        switch (operation) {
          case PLUS -> code.dadd();
          case MINUS -> code.dsub();
          case TIMES -> code.dmul();
          case DIVIDE -> code.ddiv();
        }
      }
      case RealTerm.Negated(var operand) -> {
        push(operand, loaded);
        code.dneg();
      }
      case RealTerm.OfInteger(var operand) -> {
        push(operand, loaded);
        code.l2d();
      }
      default -> {
        literals.object(term, REAL_TERM);
        code.aload(SLOTS).invokeinterface(REAL_TERM, "value", REAL_VALUE);
      }
    }
  }

  private static int variable(int slot, Loaded loaded) {
    Integer variable = loaded.slots().get(slot);
    if (variable == null) {
      throw new IllegalStateException("slot " + slot + " is not loaded");
    }
    return variable;
  }
}
