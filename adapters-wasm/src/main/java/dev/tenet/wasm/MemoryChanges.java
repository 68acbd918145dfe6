package dev.tenet.wasm;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What tells a memory from another one that many have in common. Of the memory of an engine with a script in it most is the engine's.
final class MemoryChanges {

  private static final int BLOCK = 1 << 10;

  private final byte[] common;
  private final int length;

  /// The numbers of blocks that differ, and all their bytes.
  private final int[] blocks;

  private final byte[] bytes;

  private MemoryChanges(byte[] common, int length, int[] blocks, byte[] bytes) {
    this.common = common;
    this.length = length;
    this.blocks = blocks;
    this.bytes = bytes;
  }

  /// @param common is kept, and never changes
  /// @param memory no shorter
  static MemoryChanges between(byte[] common, byte[] memory) {
    byte[] before = Arrays.copyOf(common, memory.length);
    int[] blocks =
        IntStream.range(0, memory.length / BLOCK)
            .filter(
                block -> {
                  int from = block * BLOCK;
                  int to = from + BLOCK;
                  return !Arrays.equals(before, from, to, memory, from, to);
                })
            .toArray();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(blocks.length * BLOCK);
    for (int block : blocks) {
      bytes.write(memory, block * BLOCK, BLOCK);
    }
    return new MemoryChanges(common, memory.length, blocks, bytes.toByteArray());
  }

  /// {@return the memory, in an array that nobody else has}
  byte[] applied() {
    byte[] memory = Arrays.copyOf(common, length);
    for (int i = 0; i < blocks.length; i++) {
      System.arraycopy(bytes, i * BLOCK, memory, blocks[i] * BLOCK, BLOCK);
    }
    return memory;
  }

  /// {@return how many bytes are kept for this memory alone}
  int size() {
    return bytes.length;
  }
}
