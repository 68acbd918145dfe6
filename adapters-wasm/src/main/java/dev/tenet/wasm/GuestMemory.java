package dev.tenet.wasm;

import static run.endive.runtime.ConstantEvaluators.computeConstantValue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.PassiveDataSegment;

/// The memory of one instance: one array, exactly as long as the memory, so that the array's own bounds are the memory's. An address that
/// has the sign bit is beyond any memory that a guest may have. What is out of bounds ends in an [IndexOutOfBoundsException].
final class GuestMemory implements Memory {

  private static final VarHandle SHORT = handle(short[].class);
  private static final VarHandle INT = handle(int[].class);
  private static final VarHandle LONG = handle(long[].class);
  private static final VarHandle FLOAT = handle(float[].class);
  private static final VarHandle DOUBLE = handle(double[].class);

  private final MemoryLimits limits;
  private final Budget budget;
  private final boolean restored;
  private byte[] bytes;
  private DataSegment[] segments = {};

  /// @param limits of the module; the budget is within its maximum
  /// @param budget pages, beyond the first ones
  GuestMemory(MemoryLimits limits, Budget budget) {
    this(limits, budget, null);
  }

  /// @param budget pages, beyond the first ones or those of the snapshot
  /// @param snapshot what to begin with in place of the module's data; the memory takes it
  GuestMemory(MemoryLimits limits, Budget budget, byte @Nullable [] snapshot) {
    this.limits = limits;
    this.budget = budget;
    restored = snapshot != null;
    bytes = snapshot == null ? new byte[limits.initialPages() * PAGE_SIZE] : snapshot;
  }

  private static VarHandle handle(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /// {@return a copy of all of it}
  byte[] snapshot() {
    return bytes.clone();
  }

  @Override
  public int pages() {
    return bytes.length / PAGE_SIZE;
  }

  @Override
  public int grow(int size) {
    int before = pages();
    // Unsigned, as the guest means it.
    if (!budget.take(Integer.toUnsignedLong(size))) {
      return -1;
    }
    bytes = Arrays.copyOf(bytes, (before + size) * PAGE_SIZE);
    return before;
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return limits.maximumPages();
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments) {
    // The array belongs to the module, and is written to when a segment is dropped.
    segments = dataSegments.clone();
    for (DataSegment segment : segments) {
      if (!restored && segment instanceof ActiveDataSegment active) {
        int start = (int) computeConstantValue(instance, active.offsetInstructions())[0];
        long offset = Integer.toUnsignedLong(start);
        if (offset + active.data().length > bytes.length) {
          throw new UninstantiableException("out of bounds memory access");
        }
        write((int) offset, active.data());
      }
    }
  }

  @Override
  public void initPassiveSegment(int segment, int to, int from, int size) {
    write(to, segments[segment].data(), from, size);
  }

  @Override
  public void drop(int segment) {
    segments[segment] = PassiveDataSegment.EMPTY;
  }

  @Override
  public void write(int address, byte[] data, int offset, int size) {
    Objects.checkFromIndexSize(offset, size, data.length);
    Objects.checkFromIndexSize(address, size, bytes.length);
    System.arraycopy(data, offset, bytes, address, size);
  }

  @Override
  public byte[] readBytes(int address, int size) {
    Objects.checkFromIndexSize(address, size, bytes.length);
    return Arrays.copyOfRange(bytes, address, address + size);
  }

  @Override
  public void copy(int to, int from, int size) {
    Objects.checkFromIndexSize(from, size, bytes.length);
    Objects.checkFromIndexSize(to, size, bytes.length);
    System.arraycopy(bytes, from, bytes, to, size);
  }

  @Override
  public void fill(byte value, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    Arrays.fill(bytes, from, to, value);
  }

  /// Does nothing: it is called before anything was written.
  @Override
  public void zero() {}

  @Override
  public byte read(int address) {
    return bytes[address];
  }

  @Override
  public void writeByte(int address, byte value) {
    bytes[address] = value;
  }

  @Override
  public short readShort(int address) {
    return (short) SHORT.get(bytes, address);
  }

  @Override
  public long readU16(int address) {
    return Short.toUnsignedLong(readShort(address));
  }

  @Override
  public void writeShort(int address, short value) {
    SHORT.set(bytes, address, value);
  }

  @Override
  public int readInt(int address) {
    return (int) INT.get(bytes, address);
  }

  @Override
  public void writeI32(int address, int value) {
    INT.set(bytes, address, value);
  }

  @Override
  public long readLong(int address) {
    return (long) LONG.get(bytes, address);
  }

  @Override
  public void writeLong(int address, long value) {
    LONG.set(bytes, address, value);
  }

  @Override
  public float readFloat(int address) {
    return (float) FLOAT.get(bytes, address);
  }

  @Override
  public long readF32(int address) {
    return readInt(address);
  }

  @Override
  public void writeF32(int address, float value) {
    FLOAT.set(bytes, address, value);
  }

  @Override
  public double readDouble(int address) {
    return (double) DOUBLE.get(bytes, address);
  }

  @Override
  public long readF64(int address) {
    return readLong(address);
  }

  @Override
  public void writeF64(int address, double value) {
    DOUBLE.set(bytes, address, value);
  }

  /// Only one thread sees it, so that no atomic access needs more than the lock that the interface asks for.
  @Override
  @SuppressWarnings("removal")
  public Object lock(int address) {
    return this;
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, int expected, long timeout) {
    throw waiting();
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, long expected, long timeout) {
    throw waiting();
  }

  private static RuntimeException waiting() {
    return new GuestAbort("it waits on memory that no other thread sees");
  }

  /// {@return how many were woken: nobody waits}
  @Override
  @SuppressWarnings("removal")
  public int notify(int address, int threads) {
    return 0;
  }
}
