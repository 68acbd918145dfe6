package dev.tenet.wasm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/// What compiling a valid module costs beyond its length. The compiler copies the types of the operand stack at each block and unwinds them at
/// each branch, so that a few kilobytes could make it take hours and all memory. What real compilers make has few operands there.
final class CompilingCost {

  /// What an instruction adds to the height of the operand stack, unless that depends on its operands; what is not named adds nothing.
  private static final Map<Pattern, Integer> EFFECTS =
      Map.of(
          Pattern.compile(".*_CONST|LOCAL_GET|GLOBAL_GET|MEMORY_SIZE|TABLE_SIZE|REF_NULL|REF_FUNC"),
              1,
          Pattern.compile("DROP|LOCAL_SET|GLOBAL_SET|BR_IF|BR_TABLE|TABLE_GROW"), -1,
          Pattern.compile(
                  "[IF]\\d+_(ADD|SUB|MUL|DIV.*|REM.*|AND|OR|XOR|SHL|SHR.*|ROT.|EQ|NE|[LG][TE]|[LG][TE]_.|MIN|MAX|COPYSIGN)"),
              -1,
          Pattern.compile("SELECT.*|TABLE_SET|[IFV].*_STORE.*"), -2,
          Pattern.compile("MEMORY_(COPY|FILL|INIT)|TABLE_(COPY|FILL|INIT)"), -3);

  private static final Map<OpCode, Integer> EFFECT = effects();
  private static final int EMPTY = 0x40;

  /// A block that was entered.
  ///
  /// @param below the height without its parameters
  private record Block(long below, FunctionType type) {}

  private final WasmModule module;
  private final FunctionType[] imported;
  private long cost;
  private long height;

  private CompilingCost(WasmModule module) {
    this.module = module;
    imported =
        module.importSection().stream()
            .filter(FunctionImport.class::isInstance)
            .map(function -> module.typeSection().getType(((FunctionImport) function).typeIndex()))
            .toArray(FunctionType[]::new);
  }

  private static Map<OpCode, Integer> effects() {
    Map<OpCode, Integer> effects = new EnumMap<>(OpCode.class);
    for (OpCode code : OpCode.values()) {
      EFFECTS.forEach(
          (names, effect) -> {
            if (names.matcher(code.name()).matches()) {
              effects.put(code, effect);
            }
          });
    }
    return effects;
  }

  /// {@return about how many types the compiler copies}
  static long of(WasmModule module) {
    CompilingCost cost = new CompilingCost(module);
    for (FunctionBody body : module.codeSection().functionBodies()) {
      cost.add(body);
    }
    return cost.cost;
  }

  private void add(FunctionBody body) {
    Deque<Block> blocks = new ArrayDeque<>();
    height = 0;
    for (AnnotatedInstruction instruction : body.instructions()) {
      switch (instruction.opcode()) {
        case IF, BLOCK, LOOP, TRY_TABLE -> {
          FunctionType type = blockType(instruction);
          grow(instruction.opcode() == OpCode.IF ? -1 : 0);
          cost += height;
          blocks.push(new Block(Math.max(0, height - type.params().size()), type));
        }
        case ELSE -> {
          Block block = blocks.peek();
          if (block != null) {
            height = block.below + block.type.params().size();
          }
        }
        case END -> {
          Block block = blocks.poll();
          if (block != null) {
            height = block.below + block.type.returns().size();
          }
        }
        case BR, BR_IF, RETURN -> {
          cost += height;
          grow(instruction.opcode() == OpCode.BR_IF ? -1 : 0);
        }
        case BR_TABLE -> {
          cost += height * instruction.operandCount();
          grow(-1);
        }
        case CALL, RETURN_CALL -> call(function((int) instruction.operand(0)));
        case CALL_INDIRECT, RETURN_CALL_INDIRECT, CALL_REF, RETURN_CALL_REF -> {
          grow(-1);
          call(module.typeSection().getType((int) instruction.operand(0)));
        }
        default -> grow(EFFECT.getOrDefault(instruction.opcode(), 0));
      }
    }
  }

  private void grow(long by) {
    height = Math.max(0, height + by);
  }

  private void call(FunctionType type) {
    cost += type.params().size() + type.returns().size();
    grow(-type.params().size());
    grow(type.returns().size());
  }

  private FunctionType function(int index) {
    return index < imported.length
        ? imported[index]
        : module
            .typeSection()
            .getType(module.functionSection().getFunctionType(index - imported.length));
  }

  private FunctionType blockType(Instruction instruction) {
    long type = instruction.operand(0);
    if (type == EMPTY) {
      return FunctionType.empty();
    }
    return ValType.isValid(type)
        ? FunctionType.returning(ValType.I32)
        : module.typeSection().getType((int) type);
  }
}
