package dev.tenet.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/// Does what the engine's own memory does, within its budget.
final class GuestMemoryTest {

  /// An operation at an address with a value; what it reads, or nothing.
  private interface Operation {
    Object run(Memory memory, int address, long value);
  }

  private static final List<Operation> OPERATIONS =
      List.of(
          (m, a, _) -> m.read(a),
          (m, a, _) -> m.readShort(a),
          (m, a, _) -> m.readU16(a),
          (m, a, _) -> m.readInt(a),
          (m, a, _) -> m.readLong(a),
          (m, a, _) -> Float.floatToRawIntBits(m.readFloat(a)),
          (m, a, _) -> m.readF32(a),
          (m, a, _) -> Double.doubleToRawLongBits(m.readDouble(a)),
          (m, a, _) -> m.readF64(a),
          (m, a, v) -> done(() -> m.writeByte(a, (byte) v)),
          (m, a, v) -> done(() -> m.writeShort(a, (short) v)),
          (m, a, v) -> done(() -> m.writeI32(a, (int) v)),
          (m, a, v) -> done(() -> m.writeLong(a, v)),
          (m, a, v) -> done(() -> m.writeF32(a, (float) v)),
          (m, a, v) -> done(() -> m.writeF64(a, (double) v)),
          (m, a, v) -> done(() -> m.write(a, new byte[(int) (v & 63)])),
          (m, a, v) -> done(() -> m.copy(a, (int) (v & 0xFFFF), (int) (v >>> 50))),
          (m, a, v) -> done(() -> m.fill((byte) v, a, a + (int) (v >>> 50))),
          (m, a, v) -> Arrays.hashCode(m.readBytes(a, (int) (v & 15))),
          (m, _, v) -> m.grow((int) (v & 1)));

  private static String done(Runnable operation) {
    operation.run();
    return "done";
  }

  private static Object outcome(Operation operation, Memory memory, int address, long value) {
    try {
      return operation.run(memory, address, value);
    } catch (RuntimeException e) {
      return "out of bounds";
    }
  }

  @Test
  void isLikeTheEnginesOwn() {
    MemoryLimits limits = new MemoryLimits(1, 6);
    Memory expected = new ByteArrayMemory(limits);
    Memory actual = new GuestMemory(limits, new Budget(5));
    SplittableRandom random = new SplittableRandom(1);
    for (int step = 0; step < 200_000; step++) {
      Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
      int size = actual.pages() * Memory.PAGE_SIZE;
      int address =
          switch (random.nextInt(8)) {
            case 0 -> size - random.nextInt(16);
            case 1 -> -random.nextInt(16);
            case 2 -> random.nextInt();
            default -> random.nextInt(size);
          };
      long value = random.nextLong();
      assertThat(outcome(operation, actual, address, value))
          .as("step %d, operation %d, address %d", step, OPERATIONS.indexOf(operation), address)
          .isEqualTo(outcome(operation, expected, address, value));
    }
    assertThat(actual.pages()).isEqualTo(expected.pages()).isEqualTo(6);
    int bytes = actual.pages() * Memory.PAGE_SIZE;
    assertThat(actual.readBytes(0, bytes)).isEqualTo(expected.readBytes(0, bytes));
  }
}
