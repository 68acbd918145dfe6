package dev.tenet.cel.bytecode;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.tenet.cel.index.HotResiduals;
import dev.tenet.cel.index.Residuals;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Makes code of conditions in the background.
public final class CodeCompiler implements HotResiduals.Compiler {

  /// How many conditions go into a class. The JIT compiles no method of more than 8,000 bytes, and the switch over the
  /// conditions takes eight bytes for each.
  static final int CONDITIONS_PER_CLASS = 500;

  static final ClassDesc SLOTS = ClassDesc.of(Slots.class.getName());
  static final ClassDesc CONDITION = ClassDesc.of(Condition.class.getName());
  static final MethodTypeDesc TEST = MethodTypeDesc.of(CD_int, SLOTS);
  private static final ClassDesc PARENT = ClassDesc.of(CompiledConditions.class.getName());
  private static final ClassDesc NAME =
      ClassDesc.of(CodeCompiler.class.getPackageName() + ".Conditions");

  private final Executor background;

  /// @param background runs what nobody waits for
  public CodeCompiler(Executor background) {
    this.background = background;
  }

  @Override
  public void compile(List<Condition> conditions, Consumer<Residuals> ready) {
    background.execute(() -> ready.accept(code(conditions)));
  }

  /// {@return code that tests the conditions by their numbers}
  public static Residuals code(List<Condition> conditions) {
    List<Residuals> classes = new ArrayList<>();
    for (int from = 0; from < conditions.size(); from += CONDITIONS_PER_CLASS) {
      int to = Math.min(conditions.size(), from + CONDITIONS_PER_CLASS);
      classes.add(oneClass(conditions.subList(from, to)));
    }
    if (classes.size() == 1) {
      return classes.getFirst();
    }
    Residuals[] all = classes.toArray(Residuals[]::new);
    return (number, slots) ->
        all[number / CONDITIONS_PER_CLASS].test(number % CONDITIONS_PER_CLASS, slots);
  }

  private static Residuals oneClass(List<Condition> conditions) {
    ClassConstants constants = new ClassConstants();
    byte[] bytes =
        ClassFile.of()
            .build(
                NAME,
                type -> {
                  type.withFlags(ACC_FINAL).withSuperclass(PARENT);
                  type.withMethodBody(INIT_NAME, MTD_void, ACC_PUBLIC, CodeCompiler::construct);
                  for (int i = 0; i < conditions.size(); i++) {
                    method(type, i, conditions.get(i), constants);
                  }
                  type.withMethodBody(
                      "test",
                      MethodTypeDesc.of(CD_int, CD_int, SLOTS),
                      ACC_PUBLIC | ACC_FINAL,
                      code -> dispatch(code, conditions.size()));
                });
    try {
      return (Residuals)
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(bytes, constants.all(), false)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void construct(CodeBuilder code) {
    code.aload(0).invokespecial(PARENT, INIT_NAME, MTD_void).return_();
  }

  private static void method(
      ClassBuilder type, int number, Condition condition, ClassConstants constants) {
    type.withMethodBody(
        name(number),
        TEST,
        ACC_PRIVATE | ACC_STATIC,
        code -> new ConditionCode(code, constants).write(condition));
  }

  private static String name(int number) {
    return "condition" + number;
  }

  private static void dispatch(CodeBuilder code, int conditions) {
    List<SwitchCase> cases = new ArrayList<>(conditions);
    List<Label> labels = new ArrayList<>(conditions);
    for (int i = 0; i < conditions; i++) {
      labels.add(code.newLabel());
      cases.add(SwitchCase.of(i, labels.get(i)));
    }
    Label other = code.newLabel();
    code.iload(1).tableswitch(0, conditions - 1, other, cases);
    for (int i = 0; i < conditions; i++) {
      code.labelBinding(labels.get(i)).aload(2).invokestatic(NAME, name(i), TEST).ireturn();
    }
    code.labelBinding(other).loadConstant(Condition.FAULT).ireturn();
  }
}
