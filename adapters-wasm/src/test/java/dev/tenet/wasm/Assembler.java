package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Makes small modules of instructions as WebAssembly's text format writes them without parentheses, such as `i32.const 1 drop`. Numbers
/// stand for functions (imported ones first), locals, globals and depths; a load or store has no offset.
///
/// See [the binary format](https://webassembly.github.io/spec/core/binary/index.html).
final class Assembler {

  /// What follows an instruction: nothing, one number (`u` unsigned, `s` signed), or bytes that are always the same.
  private record Instruction(List<Integer> code, String operand) {}

  private static final Map<String, Instruction> INSTRUCTIONS =
      Map.ofEntries(
          one("unreachable", "", 0x00),
          one("block", "", 0x02, 0x40),
          one("loop", "", 0x03, 0x40),
          one("if", "", 0x04, 0x40),
          one("end", "", 0x0B),
          one("br", "u", 0x0C),
          one("br_if", "u", 0x0D),
          one("return", "", 0x0F),
          one("call", "u", 0x10),
          one("drop", "", 0x1A),
          one("local.get", "u", 0x20),
          one("local.set", "u", 0x21),
          one("global.get", "u", 0x23),
          one("global.set", "u", 0x24),
          one("i32.load", "", 0x28, 2, 0),
          one("i64.load", "", 0x29, 3, 0),
          one("i32.load8_u", "", 0x2D, 0, 0),
          one("i32.store", "", 0x36, 2, 0),
          one("i64.store", "", 0x37, 3, 0),
          one("i32.store8", "", 0x3A, 0, 0),
          one("memory.size", "", 0x3F, 0),
          one("memory.grow", "", 0x40, 0),
          one("i32.const", "s", 0x41),
          one("i64.const", "s", 0x42),
          one("i32.eqz", "", 0x45),
          one("i32.eq", "", 0x46),
          one("i32.add", "", 0x6A),
          one("i32.sub", "", 0x6B),
          one("i32.mul", "", 0x6C),
          one("i32.div_u", "", 0x6E),
          one("i64.or", "", 0x84),
          one("i64.shl", "", 0x86),
          one("i64.extend_i32_u", "", 0xAD),
          one("ref.null", "", 0xD0, 0x70),
          one("memory.copy", "", 0xFC, 10, 0, 0),
          one("memory.fill", "", 0xFC, 11, 0),
          one("table.grow", "", 0xFC, 15, 0),
          one("f64.store", "", 0x39, 3, 0),
          one("f64.load", "", 0x2B, 3, 0),
          one("i32.load16_s", "", 0x2E, 1, 0),
          one("i32.store16", "", 0x3B, 1, 0));

  private static final int I32 = 0x7F;
  private static final int I64 = 0x7E;

  private final ByteArrayOutputStream types = new ByteArrayOutputStream();
  private final ByteArrayOutputStream imports = new ByteArrayOutputStream();
  private final ByteArrayOutputStream functions = new ByteArrayOutputStream();
  private final ByteArrayOutputStream exports = new ByteArrayOutputStream();
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final List<byte[]> others = new ArrayList<>();
  private int typeCount;
  private int importCount;
  private int functionCount;
  private int exportCount;
  private int dataCount;
  private int firstPages = 1;
  private int mostPages = -1;
  private int elements;
  private int startFunction = -1;
  private String allocator = "i32.const 1024";

  private static Map.Entry<String, Instruction> one(String name, String operand, Integer... code) {
    return Map.entry(name, new Instruction(List.of(code), operand));
  }

  /// A module with what each guest needs, save `tenet_call`: it is always given address 1024, and has answers at 0 and 512.
  static Assembler guest() {
    return new Assembler();
  }

  /// A guest that answers `{"result":1}` to everything.
  static Assembler answering() {
    return guest().text(0, "{\"result\":1}").call(answer(0, 12));
  }

  /// {@return instructions that answer with what is there}
  static String answer(long address, long length) {
    return "i64.const " + ((address << 32) | length);
  }

  /// Imports a function of the host; before all that is defined.
  Assembler imports(String module, String name, String parameters, String results) {
    text(imports, module);
    text(imports, name);
    imports.write(0);
    unsigned(imports, type(parameters, results));
    importCount++;
    return this;
  }

  /// Defines a function.
  ///
  /// @param parameters a letter each: `i` for 32 bits, `j` for 64
  Assembler function(String export, String parameters, String results, String body) {
    return function(export, parameters, results, 0, body);
  }

  /// @param locals of 32 bits
  Assembler function(String export, String parameters, String results, int locals, String body) {
    unsigned(functions, type(parameters, results));
    if (!export.isEmpty()) {
      export(export, 0, importCount + functionCount);
    }
    functionCount++;
    ByteArrayOutputStream function = new ByteArrayOutputStream();
    unsigned(function, locals == 0 ? 0 : 1);
    if (locals > 0) {
      unsigned(function, locals);
      function.write(I32);
    }
    instructions(function, body);
    function.write(0x0B);
    unsigned(code, function.size());
    code.writeBytes(function.toByteArray());
    return this;
  }

  Assembler call(String body) {
    return function("tenet_call", "ii", "j", body);
  }

  /// Says what `tenet_alloc` does.
  Assembler allocating(String body) {
    allocator = body;
    return this;
  }

  Assembler export(String name, int kind, int index) {
    text(exports, name);
    exports.write(kind);
    unsigned(exports, index);
    exportCount++;
    return this;
  }

  Assembler text(int address, String text) {
    return data(address, text.getBytes(UTF_8));
  }

  Assembler data(int address, byte[] bytes) {
    data.write(0);
    data.write(0x41);
    signed(data, address);
    data.write(0x0B);
    unsigned(data, bytes.length);
    data.writeBytes(bytes);
    dataCount++;
    return this;
  }

  Assembler memory(int first, int most) {
    firstPages = first;
    mostPages = most;
    return this;
  }

  /// Has a table of functions.
  Assembler table(int first) {
    elements = first;
    return this;
  }

  Assembler start(int function) {
    startFunction = function;
    return this;
  }

  /// Adds a section as it is, at the end.
  Assembler section(int id, byte[] content) {
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    section(section, id, content);
    others.add(section.toByteArray());
    return this;
  }

  /// {@return the module, with `memory` and `tenet_alloc`}
  byte[] assemble() {
    function("tenet_alloc", "i", "i", allocator);
    export("memory", 2, 0);
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    section(module, 1, vector(typeCount, types));
    if (importCount > 0) {
      section(module, 2, vector(importCount, imports));
    }
    section(module, 3, vector(functionCount, functions));
    if (elements > 0) {
      ByteArrayOutputStream tables = new ByteArrayOutputStream();
      tables.write(0x70);
      tables.write(0);
      unsigned(tables, elements);
      section(module, 4, vector(1, tables));
    }
    ByteArrayOutputStream memory = new ByteArrayOutputStream();
    memory.write(mostPages < 0 ? 0 : 1);
    unsigned(memory, firstPages);
    if (mostPages >= 0) {
      unsigned(memory, mostPages);
    }
    section(module, 5, vector(1, memory));
    ByteArrayOutputStream globals = new ByteArrayOutputStream();
    globals.writeBytes(new byte[] {(byte) I32, 1, 0x41, 0, 0x0B});
    section(module, 6, vector(1, globals));
    section(module, 7, vector(exportCount, exports));
    if (startFunction >= 0) {
      ByteArrayOutputStream start = new ByteArrayOutputStream();
      unsigned(start, startFunction);
      section(module, 8, start.toByteArray());
    }
    section(module, 10, vector(functionCount, code));
    if (dataCount > 0) {
      section(module, 11, vector(dataCount, data));
    }
    others.forEach(module::writeBytes);
    return module.toByteArray();
  }

  private int type(String parameters, String results) {
    types.write(0x60);
    valueTypes(parameters);
    valueTypes(results);
    return typeCount++;
  }

  private void valueTypes(String letters) {
    unsigned(types, letters.length());
    letters.chars().forEach(letter -> types.write(letter == 'j' ? I64 : I32));
  }

  private static void instructions(ByteArrayOutputStream out, String body) {
    Iterator<String> words = List.of(body.strip().split("\\s+")).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.isEmpty()) {
        continue;
      }
      Instruction instruction = INSTRUCTIONS.get(word);
      if (instruction == null) {
        throw new IllegalArgumentException("no such instruction: " + word);
      }
      for (int b : instruction.code) {
        out.write(b);
      }
      switch (instruction.operand) {
        case "u" -> unsigned(out, Long.parseLong(words.next()));
        case "s" -> signed(out, Long.parseLong(words.next()));
        default -> {}
      }
    }
  }

  private static byte[] vector(int count, ByteArrayOutputStream content) {
    ByteArrayOutputStream vector = new ByteArrayOutputStream();
    unsigned(vector, count);
    vector.writeBytes(content.toByteArray());
    return vector.toByteArray();
  }

  private static void section(ByteArrayOutputStream out, int id, byte[] content) {
    out.write(id);
    unsigned(out, content.length);
    out.writeBytes(content);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    unsigned(out, bytes.length);
    out.writeBytes(bytes);
  }

  static void unsigned(ByteArrayOutputStream out, long number) {
    long left = number;
    while (left > 0x7F) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static void signed(ByteArrayOutputStream out, long number) {
    long left = number;
    while (left < -64 || left > 63) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>= 7;
    }
    out.write((int) (left & 0x7F));
  }
}
