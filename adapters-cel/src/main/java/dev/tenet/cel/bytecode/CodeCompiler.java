package dev.tenet.cel.bytecode;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.tenet.cel.index.HotResiduals;
import dev.tenet.cel.index.Residuals;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes code of conditions in the background.
public final class CodeCompiler implements HotResiduals.Compiler {

  /// How many blocks of conditions go into a class.
  private static final int BLOCKS_PER_CLASS = 16;

  /// How large the conditions of a method may be together, see [ConditionCode#size(Condition)]. The JIT compiles no method of
  /// more than 8,000 bytes, and small ones sooner.
  private static final int LARGEST_METHOD = 120;

  static final ClassDesc SLOTS = ClassDesc.of(Slots.class.getName());
  static final ClassDesc CONDITION = ClassDesc.of(Condition.class.getName());
  static final MethodTypeDesc TEST = MethodTypeDesc.of(CD_int, SLOTS);
  private static final MethodTypeDesc HOLDING = MethodTypeDesc.of(CD_long, CD_long, SLOTS);
  private static final MethodTypeDesc BLOCK_HOLDING =
      MethodTypeDesc.of(CD_long, CD_int, CD_long, SLOTS);
  private static final ClassDesc PARENT = ClassDesc.of(CompiledConditions.class.getName());
  private static final ClassDesc NAME =
      ClassDesc.of(CodeCompiler.class.getPackageName() + ".Conditions");

  /// A method: some conditions of a block.
  ///
  /// @param bits which ones
  private record Part(String name, int block, long bits) {}

  private final Executor background;

  /// @param background runs what nobody waits for
  public CodeCompiler(Executor background) {
    this.background = background;
  }

  @Override
  public void compile(List<? extends @Nullable Condition> conditions, Consumer<Residuals> ready) {
    background.execute(() -> ready.accept(code(conditions)));
  }

  /// {@return code that evaluates the conditions}
  ///
  /// @param conditions by number, null where there is none
  public static Residuals code(List<? extends @Nullable Condition> conditions) {
    int perClass = BLOCKS_PER_CLASS * Long.SIZE;
    List<Residuals> classes = new ArrayList<>();
    for (int from = 0; from < conditions.size(); from += perClass) {
      classes.add(oneClass(conditions.subList(from, Math.min(conditions.size(), from + perClass))));
    }
    if (classes.size() == 1) {
      return classes.getFirst();
    }
    Residuals[] all = classes.toArray(Residuals[]::new);
    return (block, wanted, slots) ->
        all[block / BLOCKS_PER_CLASS].holding(block % BLOCKS_PER_CLASS, wanted, slots);
  }

  private static Residuals oneClass(List<? extends @Nullable Condition> conditions) {
    ClassConstants constants = new ClassConstants();
    List<Part> parts = parts(conditions);
    if (parts.isEmpty()) {
      return (block, wanted, slots) -> 0;
    }
    byte[] bytes =
        ClassFile.of()
            .build(
                NAME,
                type -> {
                  type.withFlags(ACC_FINAL).withSuperclass(PARENT);
                  type.withMethodBody(INIT_NAME, MTD_void, ACC_PUBLIC, CodeCompiler::construct);
                  for (Part part : parts) {
                    type.withMethodBody(
                        part.name(),
                        HOLDING,
                        ACC_PRIVATE | ACC_STATIC,
                        code -> write(code, part, conditions, constants));
                  }
                  type.withMethodBody(
                      "holding",
                      BLOCK_HOLDING,
                      ACC_PUBLIC | ACC_FINAL,
                      code -> dispatch(code, parts));
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

  private static List<Part> parts(List<? extends @Nullable Condition> conditions) {
    List<Part> parts = new ArrayList<>();
    long bits = 0;
    int size = 0;
    for (int number = 0; number < conditions.size(); number++) {
      Condition condition = conditions.get(number);
      int next = condition == null ? 0 : ConditionCode.size(condition);
      if (bits != 0 && (number % Long.SIZE == 0 || size + next > LARGEST_METHOD)) {
        parts.add(new Part("part" + parts.size(), (number - 1) / Long.SIZE, bits));
        bits = 0;
        size = 0;
      }
      bits |= condition == null ? 0 : 1L << number;
      size += next;
    }
    if (bits != 0) {
      parts.add(new Part("part" + parts.size(), (conditions.size() - 1) / Long.SIZE, bits));
    }
    return parts;
  }

  private static void construct(CodeBuilder code) {
    code.aload(0).invokespecial(PARENT, INIT_NAME, MTD_void).return_();
  }

  private static void write(
      CodeBuilder code,
      Part part,
      List<? extends @Nullable Condition> conditions,
      ClassConstants constants) {
    int holding = code.allocateLocal(TypeKind.LONG);
    code.lconst_0().lstore(holding);
    for (long left = part.bits(); left != 0; left &= left - 1) {
      Condition condition =
          conditions.get(part.block() * Long.SIZE + Long.numberOfTrailingZeros(left));
      if (condition != null) {
        new ConditionCode(code, constants).write(condition, Long.lowestOneBit(left), holding);
      }
    }
    code.lload(holding).lreturn();
  }

  private static void dispatch(CodeBuilder code, List<Part> parts) {
    SequencedMap<Integer, Label> labels = new TreeMap<>();
    parts.forEach(part -> labels.computeIfAbsent(part.block(), block -> code.newLabel()));
    Label none = code.newLabel();
    List<SwitchCase> cases = new ArrayList<>();
    labels.forEach((block, label) -> cases.add(SwitchCase.of(block, label)));
    code.iload(1).tableswitch(0, labels.lastEntry().getKey(), none, cases);
    labels.forEach(
        (block, label) -> {
          code.labelBinding(label).lconst_0();
          parts.stream()
              .filter(part -> part.block() == block)
              .forEach(
                  part -> code.lload(2).aload(4).invokestatic(NAME, part.name(), HOLDING).lor());
          code.lreturn();
        });
    code.labelBinding(none).lconst_0().lreturn();
  }
}
