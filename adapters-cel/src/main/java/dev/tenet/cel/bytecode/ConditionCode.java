package dev.tenet.cel.bytecode;

import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Loop;
import dev.tenet.cel.plan.ReferenceTerm;
import dev.tenet.cel.plan.Relation;
import dev.tenet.domain.evaluation.IntegerList;
import dev.tenet.domain.evaluation.RealList;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;

/// Writes the code of a shape: a loop over conditions that differ in their literals.
///
/// Conditions become jumps: to where it goes on when they hold, or to where it goes on when they do not. Every fault jumps to
/// where the condition evaluates itself.
final class ConditionCode {

  private static final int WANTED = 1;
  private static final int MEMBERS = 3;
  private static final int FIRST = 5;
  static final int LITERALS = 6;
  static final int SLOTS = 7;
  private static final MethodTypeDesc HELD_AFTER_ALL =
      MethodTypeDesc.of(CD_long, CodeCompiler.CONDITION, CD_long, CodeCompiler.SLOTS);
  private static final MethodTypeDesc BITS = MethodTypeDesc.of(CD_int, CD_long);
  private static final ClassDesc INTEGERS = ClassDesc.of(IntegerList.class.getName());
  private static final ClassDesc REALS = ClassDesc.of(RealList.class.getName());
  private static final ClassDesc SET = ClassDesc.of(Set.class.getName());
  private static final MethodTypeDesc EQUALS = MethodTypeDesc.of(CD_boolean, CD_Object);

  private final CodeBuilder code;
  private final LiteralCode literals;
  private final TermCode terms;
  private final Label giveUp;

  /// @param inline whether the literals of the shape become part of the code
  ConditionCode(CodeBuilder code, Shape shape, boolean inline) {
    this.code = code;
    this.giveUp = code.newLabel();
    this.literals = new LiteralCode(code, shape, inline);
    this.terms = new TermCode(code, literals, giveUp);
  }

  /// Writes `long holding(long wanted, long members, int first, Literals literals, Slots slots)` for the only condition of its
  /// shape: it is wanted, and no loop is needed.
  void writeOne(Condition condition) {
    Label yes = code.newLabel();
    Label no = code.newLabel();
    code.iload(FIRST);
    literals.enter();
    jump(condition, yes, no);
    code.labelBinding(yes).lload(WANTED).lreturn();
    code.labelBinding(no).lconst_0().lreturn();
    code.labelBinding(giveUp);
    literals.condition();
    code.lload(WANTED)
        .aload(SLOTS)
        .invokestatic(CodeCompiler.SLOTS, "heldAfterAll", HELD_AFTER_ALL)
        .lreturn();
  }

  /// Writes `long holding(long wanted, long members, int first, Literals literals, Slots slots)`.
  ///
  /// @param condition any one of the shape
  void write(Condition condition) {
    int holding = code.allocateLocal(TypeKind.LONG);
    int bit = code.allocateLocal(TypeKind.LONG);
    Label next = code.newLabel();
    Label end = code.newLabel();
    Label yes = code.newLabel();
    Label no = code.newLabel();
    code.lconst_0().lstore(holding);
    code.labelBinding(next).lload(WANTED).lconst_0().lcmp().ifeq(end);
    code.lload(WANTED).lload(WANTED).lneg().land().lstore(bit);
    code.lload(WANTED).lload(bit).lxor().lstore(WANTED);
    code.iload(FIRST)
        .lload(MEMBERS)
        .lload(bit)
        .lconst_1()
        .lsub()
        .land()
        .invokestatic(CD_Long, "bitCount", BITS)
        .iadd();
    literals.enter();
    jump(condition, yes, no);
    code.labelBinding(yes).lload(holding).lload(bit).lor().lstore(holding).goto_(next);
    code.labelBinding(giveUp).lload(holding);
    literals.condition();
    code.lload(bit)
        .aload(SLOTS)
        .invokestatic(CodeCompiler.SLOTS, "heldAfterAll", HELD_AFTER_ALL)
        .lor()
        .lstore(holding);
    code.labelBinding(no).goto_(next);
    code.labelBinding(end).lload(holding).lreturn();
  }

  private void jump(Condition condition, Label yes, Label no) {
    switch (condition) {
      case Condition.Constant(boolean truth) -> code.goto_(truth ? yes : no);
      case Condition.Not(var operand) -> jump(operand, no, yes);
      case Condition.And and -> {
        for (Condition operand : and.operands()) {
          Label next = code.newLabel();
          jump(operand, next, no);
          code.labelBinding(next);
        }
        code.goto_(yes);
      }
      case Condition.Or or -> {
        for (Condition operand : or.operands()) {
          Label next = code.newLabel();
          jump(operand, yes, next);
          code.labelBinding(next);
        }
        code.goto_(no);
      }
      case Condition.Choice(var when, var then, var otherwise) -> {
        Label first = code.newLabel();
        Label second = code.newLabel();
        jump(when, first, second);
        code.labelBinding(first);
        jump(then, yes, no);
        code.labelBinding(second);
        jump(otherwise, yes, no);
      }
      case Condition.Present(int slot) -> {
        terms.present(slot);
        code.ifne(yes).goto_(no);
      }
      case Condition.Truth(int slot) -> {
        terms.requirePresent(slot);
        terms.word(slot);
        code.lconst_0().lcmp().ifne(yes).goto_(no);
      }
      case Condition.IntegerSlot integer -> {
        terms.requirePresent(integer.slot());
        terms.word(integer.slot());
        literals.integer(integer);
        code.lcmp();
        decide(integer.relation(), yes, no);
      }
      case Condition.RealSlot real -> {
        terms.requirePresent(real.slot());
        terms.real(real.slot());
        literals.real(real);
        compareReals(real.relation());
        decide(real.relation(), yes, no);
      }
      case Condition.TextSlot text -> {
        int value = terms.reference(text.slot());
        boolean one = Shape.isOne(text);
        literals.object(text, one ? CD_String : SET);
        code.aload(value);
        if (one) {
          code.invokevirtual(CD_String, "equals", EQUALS);
        } else {
          code.invokeinterface(SET, "contains", EQUALS);
        }
        code.ifne(yes).goto_(no);
      }
      case Condition.Integers(var left, Relation relation, var right) -> {
        TermCode.Loaded loaded = terms.load(left, right);
        terms.push(left, loaded);
        terms.push(right, loaded);
        if (loaded.mayFault()) {
          keepUnlessFaulted(TypeKind.LONG);
        }
        code.lcmp();
        decide(relation, yes, no);
      }
      case Condition.Reals(var left, Relation relation, var right) -> {
        TermCode.Loaded loaded = terms.load(left, right);
        terms.push(left, loaded);
        terms.push(right, loaded);
        if (loaded.mayFault()) {
          keepUnlessFaulted(TypeKind.DOUBLE);
        }
        compareReals(relation);
        decide(relation, yes, no);
      }
      case Condition.Quantified(Loop loop) when isNumbers(loop) -> loop(loop, yes, no);
      default -> {
        terms.storeElements();
        test(condition);
        int outcome = code.allocateLocal(TypeKind.INT);
        code.istore(outcome);
        code.iload(outcome).loadConstant(Condition.FAULT).if_icmpeq(giveUp);
        code.iload(outcome).ifne(yes).goto_(no);
      }
    }
  }

  /// The condition evaluates itself.
  private void test(Condition condition) {
    literals.object(condition, CodeCompiler.CONDITION);
    code.aload(SLOTS).invokeinterface(CodeCompiler.CONDITION, "test", CodeCompiler.TEST);
  }

  private void decide(Relation relation, Label yes, Label no) {
    switch (relation) {
      case EQUAL -> code.ifeq(yes);
      case DIFFERENT -> code.ifne(yes);
      case LESS -> code.iflt(yes);
      case AT_MOST -> code.ifle(yes);
      case GREATER -> code.ifgt(yes);
      case AT_LEAST -> code.ifge(yes);
    }
    code.goto_(no);
  }

  /// NaN must make every relation but [Relation#DIFFERENT] false.
  private void compareReals(Relation relation) {
    if (relation == Relation.LESS || relation == Relation.AT_MOST) {
      code.dcmpg();
    } else {
      code.dcmpl();
    }
  }

  /// Two values are on the stack; nothing may be there when the code gives up.
  private void keepUnlessFaulted(TypeKind kind) {
    int right = code.allocateLocal(kind);
    int left = code.allocateLocal(kind);
    code.storeLocal(kind, right).storeLocal(kind, left);
    code.aload(SLOTS).getfield(CodeCompiler.SLOTS, "faulted", CD_boolean).ifne(giveUp);
    code.loadLocal(kind, left).loadLocal(kind, right);
  }

  static boolean isNumbers(Loop loop) {
    return loop.list() instanceof ReferenceTerm.Slot && TermCode.elements(loop) != null;
  }

  private void loop(Loop loop, Label yes, Label no) {
    ReferenceTerm.Slot list = (ReferenceTerm.Slot) loop.list();
    boolean integers = TermCode.elements(loop) == TypeKind.LONG;
    ClassDesc type = integers ? INTEGERS : REALS;
    int reference = terms.reference(list.slot());
    code.aload(reference).instanceOf(type).ifeq(giveUp);
    int elements = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(reference).checkcast(type).astore(elements);
    int size = code.allocateLocal(TypeKind.INT);
    code.aload(elements).invokevirtual(type, "size", MethodTypeDesc.of(CD_int)).istore(size);
    code.aload(SLOTS).iload(size).i2l();
    literals.integer(loop);
    code.lmul()
        .invokevirtual(CodeCompiler.SLOTS, "burn", MethodTypeDesc.of(CD_boolean, CD_long))
        .ifeq(giveUp);
    int index = code.allocateLocal(TypeKind.INT);
    int satisfied = code.allocateLocal(TypeKind.INT);
    code.loadConstant(0).istore(index).loadConstant(0).istore(satisfied);
    Label next = code.newLabel();
    Label end = code.newLabel();
    Label holds = code.newLabel();
    Label fails = code.newLabel();
    Label goOn = code.newLabel();
    code.labelBinding(next).iload(index).iload(size).if_icmpge(end);
    code.aload(elements).iload(index);
    if (integers) {
      code.invokevirtual(type, "integer", MethodTypeDesc.of(CD_long, CD_int));
    } else {
      code.invokevirtual(type, "real", MethodTypeDesc.of(CD_double, CD_int));
    }
    terms.enter(loop.depth(), integers ? TypeKind.LONG : TypeKind.DOUBLE);
    jump(loop.body(), holds, fails);
    terms.leave(loop.depth());
    code.labelBinding(holds);
    switch (loop.quantifier()) {
      case ANY -> code.goto_(yes);
      case ALL -> code.goto_(goOn);
      case ONE -> code.iinc(satisfied, 1).goto_(goOn);
    }
    code.labelBinding(fails);
    code.goto_(loop.quantifier() == Loop.Quantifier.ALL ? no : goOn);
    code.labelBinding(goOn).iinc(index, 1).goto_(next);
    code.labelBinding(end);
    switch (loop.quantifier()) {
      case ANY -> code.goto_(no);
      case ALL -> code.goto_(yes);
      case ONE -> code.iload(satisfied).loadConstant(1).if_icmpeq(yes).goto_(no);
    }
  }
}
