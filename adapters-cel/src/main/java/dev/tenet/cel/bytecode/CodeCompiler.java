package dev.tenet.cel.bytecode;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenet.cel.index.ResidualCompiler;
import dev.tenet.cel.index.Residuals;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes code of conditions in the background: one hidden class for each shape, shared by all rule sets that have conditions
/// of that shape; a rule set of a few shapes gets classes of its own for those that only one condition has. A class goes away
/// when no rule set uses it and it has not been asked for lately.
public final class CodeCompiler implements ResidualCompiler {

  /// How many shapes are kept for rule sets to come.
  private static final int KEPT = 1_000;

  /// A larger shape gets no code: the JIT compiles no method of more than 8,000 bytes.
  private static final int LARGEST = 150;

  static final ClassDesc SLOTS = ClassDesc.of(Slots.class.getName());
  static final ClassDesc CONDITION = ClassDesc.of(Condition.class.getName());
  static final ClassDesc LITERALS = ClassDesc.of(ShapeCode.Literals.class.getName());
  static final MethodTypeDesc TEST = MethodTypeDesc.of(CD_int, SLOTS);
  private static final MethodTypeDesc HOLDING =
      MethodTypeDesc.of(CD_long, CD_long, CD_long, CD_int, LITERALS, SLOTS);
  private static final ClassDesc PARENT = ClassDesc.of(ShapeCode.class.getName());
  private static final ClassDesc NAME =
      ClassDesc.of(CodeCompiler.class.getPackageName() + ".Conditions");

  private final Executor background;
  private final Cache<String, ShapeCode> shapes = Caffeine.newBuilder().maximumSize(KEPT).build();

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
  public Residuals code(List<? extends @Nullable Condition> conditions) {
    return ShapedResiduals.of(conditions, this);
  }

  /// {@return the code of a shape, or null when it gets none}
  ///
  /// @param condition any one of the shape
  /// @param use what the code is for
  @Nullable ShapeCode code(Shape shape, Condition condition, Use use) {
    if (shape.size() > LARGEST) {
      return null;
    }
    return use == Use.ONLY_THIS
        ? newCode(shape, condition, use)
        : shapes.get(use + " " + shape.text(), text -> newCode(shape, condition, use));
  }

  /// What code of a shape is for.
  enum Use {
    /// Many conditions.
    MANY,
    /// One condition, whichever.
    ONE,
    /// This condition, whose literals are part of the code.
    ONLY_THIS
  }

  private static ShapeCode newCode(Shape shape, Condition condition, Use use) {
    byte[] bytes =
        ClassFile.of()
            .build(
                NAME,
                type -> {
                  type.withFlags(ACC_FINAL).withSuperclass(PARENT);
                  type.withMethodBody(
                      INIT_NAME,
                      MTD_void,
                      ACC_PUBLIC,
                      code -> code.aload(0).invokespecial(PARENT, INIT_NAME, MTD_void).return_());
                  type.withMethodBody(
                      "holding",
                      HOLDING,
                      ACC_FINAL,
                      code -> {
                        var method = new ConditionCode(code, shape, use == Use.ONLY_THIS);
                        if (use == Use.MANY) {
                          method.write(condition);
                        } else {
                          method.writeOne(condition);
                        }
                      });
                });
    try {
      return (ShapeCode)
          MethodHandles.lookup()
              .defineHiddenClass(bytes, false)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
