package dev.tenet.bootstrap.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// Small WebAssembly modules that do what each plugin must: they export `memory`, `tenet_alloc`, which always gives the address 1024, and
/// `tenet_call`.
///
/// See [the binary format](https://webassembly.github.io/spec/core/binary/index.html).
public final class TestModule {

  private static final int I32 = 0x7F;
  private static final int I64 = 0x7E;
  private static final int END = 0x0B;
  private static final int I32_CONST = 0x41;
  private static final int I64_CONST = 0x42;
  private static final int FREE_MEMORY = 1024;

  private TestModule() {}

  /// {@return a module that answers every call with the same}
  ///
  /// @param answer such as `{"result": 1}`; at most 1,000 characters of ASCII
  public static byte[] answering(String answer) {
    ByteArrayOutputStream call = new ByteArrayOutputStream();
    call.write(I64_CONST);
    signed(call, answer.length());
    return module(call.toByteArray(), answer);
  }

  /// {@return a module whose calls never end}
  public static byte[] endless() {
    ByteArrayOutputStream call = new ByteArrayOutputStream();
    call.writeBytes(new byte[] {0x03, 0x40, 0x0C, 0, END, I64_CONST, 0});
    return module(call.toByteArray(), "");
  }

  /// {@return a module without anything}
  public static byte[] empty() {
    return new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0};
  }

  /// @param call the instructions of `tenet_call`
  /// @param text what is in the memory from its start on
  private static byte[] module(byte[] call, String text) {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(empty());
    section(module, 1, new byte[] {2, 0x60, 1, I32, 1, I32, 0x60, 2, I32, I32, 1, I64});
    section(module, 3, new byte[] {2, 0, 1});
    section(module, 5, new byte[] {1, 0, 1});
    ByteArrayOutputStream exports = new ByteArrayOutputStream();
    exports.write(3);
    export(exports, "memory", 2, 0);
    export(exports, "tenet_alloc", 0, 0);
    export(exports, "tenet_call", 0, 1);
    section(module, 7, exports.toByteArray());
    ByteArrayOutputStream allocate = new ByteArrayOutputStream();
    allocate.write(I32_CONST);
    signed(allocate, FREE_MEMORY);
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.write(2);
    function(code, allocate.toByteArray());
    function(code, call);
    section(module, 10, code.toByteArray());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(new byte[] {1, 0, I32_CONST, 0, END});
    bytes(data, text.getBytes(UTF_8));
    section(module, 11, data.toByteArray());
    return module.toByteArray();
  }

  private static void export(ByteArrayOutputStream out, String name, int kind, int index) {
    bytes(out, name.getBytes(UTF_8));
    out.write(kind);
    out.write(index);
  }

  private static void function(ByteArrayOutputStream out, byte[] instructions) {
    ByteArrayOutputStream function = new ByteArrayOutputStream();
    function.write(0);
    function.writeBytes(instructions);
    function.write(END);
    bytes(out, function.toByteArray());
  }

  private static void section(ByteArrayOutputStream out, int id, byte[] content) {
    out.write(id);
    bytes(out, content);
  }

  private static void bytes(ByteArrayOutputStream out, byte[] content) {
    int left = content.length;
    while (left > 0x7F) {
      out.write((left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.write(left);
    out.writeBytes(content);
  }

  private static void signed(ByteArrayOutputStream out, int number) {
    int left = number;
    while (left < -64 || left > 63) {
      out.write((left & 0x7F) | 0x80);
      left >>= 7;
    }
    out.write(left & 0x7F);
  }
}
