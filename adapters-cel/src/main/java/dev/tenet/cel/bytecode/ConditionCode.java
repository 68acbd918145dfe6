package dev.tenet.cel.bytecode;

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
import java.util.List;
import java.util.Set;

/// Writes the code of one condition in a method of several: `static long partN(long wanted, Slots slots)`.
///
/// Conditions become jumps: to where it goes on when they hold, or to where it goes on when they do not. Every fault jumps to
/// where the condition evaluates itself.
final class ConditionCode {

  /// A larger condition is left as it is: the JIT would not compile its method.
  private static final int LARGEST = 400;

  /// How many texts are compared one by one rather than looked up in a set.
  private static final int FEW_TEXTS = 4;

  private static final int WANTED = 0;
  private static final int SLOTS = 2;
  private static final MethodTypeDesc HELD_AFTER_ALL =
      MethodTypeDesc.of(CD_long, CodeCompiler.CONDITION, CD_long, CodeCompiler.SLOTS);
  private static final ClassDesc INTEGERS = ClassDesc.of(IntegerList.class.getName());
  private static final ClassDesc REALS = ClassDesc.of(RealList.class.getName());
  private static final ClassDesc SET = ClassDesc.of(Set.class.getName());
  private static final MethodTypeDesc EQUALS = MethodTypeDesc.of(CD_boolean, CD_Object);

  private final CodeBuilder code;
  private final ClassConstants constants;
  private final TermCode terms;
  private final Label giveUp;

  ConditionCode(CodeBuilder code, ClassConstants constants) {
    this.code = code;
    this.constants = constants;
    this.giveUp = code.newLabel();
    this.terms = new TermCode(code, constants, giveUp);
  }

  /// Writes a condition.
  ///
  /// @param bit that of the condition among those wanted, and among those that hold
  /// @param holding the variable of those that hold
  void write(Condition condition, long bit, int holding) {
    Label yes = code.newLabel();
    Label end = code.newLabel();
    code.lload(WANTED).loadConstant(bit).land().lconst_0().lcmp().ifeq(end);
    if (size(condition) <= LARGEST) {
      jump(condition, yes, end);
      code.labelBinding(yes).lload(holding).loadConstant(bit).lor().lstore(holding).goto_(end);
    }
    code.labelBinding(giveUp);
    code.lload(holding)
        .loadConstant(constants.of(condition, Condition.class))
        .loadConstant(bit)
        .aload(SLOTS)
        .invokestatic(CodeCompiler.SLOTS, "heldAfterAll", HELD_AFTER_ALL)
        .lor()
        .lstore(holding);
    code.labelBinding(end);
  }

  /// {@return about how much code a condition becomes, in comparisons}
  static int size(Condition condition) {
    return switch (condition) {
      case Condition.And and -> size(and.operands());
      case Condition.Or or -> size(or.operands());
      case Condition.Not(var operand) -> 1 + size(operand);
      case Condition.Choice(var when, var yes, var no) -> size(List.of(when, yes, no));
      case Condition.Quantified(Loop loop) -> 10 + size(loop.body());
      case Condition.Integers(var left, var relation, var right) ->
          TermCode.size(left) + TermCode.size(right);
      case Condition.Reals(var left, var relation, var right) ->
          TermCode.size(left) + TermCode.size(right);
      default -> 1;
    };
  }

  private static int size(List<Condition> operands) {
    return 1 + operands.stream().mapToInt(ConditionCode::size).sum();
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
      case Condition.IntegerSlot(int slot, Relation relation, long constant) -> {
        terms.requirePresent(slot);
        terms.word(slot);
        code.loadConstant(constant).lcmp();
        decide(relation, yes, no);
      }
      case Condition.RealSlot(int slot, Relation relation, double constant) -> {
        terms.requirePresent(slot);
        terms.real(slot);
        code.loadConstant(constant);
        compareReals(relation);
        decide(relation, yes, no);
      }
      case Condition.TextSlot text ->
          amongTexts(terms.reference(text.slot()), text.texts(), yes, no);
      case Condition.TextIn(ReferenceTerm.Element(int loop), Set<String> texts)
          when terms.element(loop) >= 0 ->
          amongTexts(terms.element(loop), texts, yes, no);
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
    code.loadConstant(constants.of(condition, Condition.class))
        .aload(SLOTS)
        .invokeinterface(CodeCompiler.CONDITION, "test", CodeCompiler.TEST);
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

  private void amongTexts(int text, Set<String> texts, Label yes, Label no) {
    if (texts.size() > FEW_TEXTS) {
      code.loadConstant(constants.of(texts, Set.class))
          .aload(text)
          .invokeinterface(SET, "contains", EQUALS)
          .ifne(yes);
    } else {
      texts.stream()
          .sorted()
          .forEach(
              each ->
                  code.loadConstant(constants.of(each, String.class))
                      .aload(text)
                      .invokevirtual(CD_String, "equals", EQUALS)
                      .ifne(yes));
    }
    code.goto_(no);
  }

  private static boolean isNumbers(Loop loop) {
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
    code.aload(SLOTS).iload(size).i2l().loadConstant(loop.fuelPerElement()).lmul();
    code.invokevirtual(CodeCompiler.SLOTS, "burn", MethodTypeDesc.of(CD_boolean, CD_long))
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
