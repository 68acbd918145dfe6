package dev.tenet.wasm;

import static java.util.Map.entry;

import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Looks at the sections of a module before they are read. A few bytes can stand for millions of things, each of which takes memory of the
/// host when it is read, so that the limits of what runs would come too late.
///
/// See [the binary format](https://webassembly.github.io/spec/core/binary/modules.html).
final class SectionScan {

  /// Of a section, by its number.
  ///
  /// @param bytes how long it may be
  private record Section(String name, int bytes) {}

  private static final int ELEMENT = 9;
  private static final int CODE = 10;
  private static final Map<Integer, Section> SECTIONS =
      Map.ofEntries(
          entry(1, new Section("type section", 1 << 17)),
          entry(2, new Section("import section", 1 << 12)),
          entry(3, new Section("function section", 1 << 16)),
          entry(4, new Section("table section", 1 << 10)),
          entry(5, new Section("memory section", 1 << 6)),
          entry(6, new Section("global section", 1 << 16)),
          entry(7, new Section("export section", 1 << 16)),
          entry(13, new Section("tag section", 1 << 10)));

  /// An element of a table takes at least one byte, and seldom more than three.
  private static final int ELEMENT_BYTES = 3;

  private static final int ELEMENT_SECTION_BYTES = 1 << 10;
  private static final long MOST_LOCALS = 1_000_000;
  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private final byte[] code;
  private final GuestLimits limits;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int at = HEADER.length;

  private SectionScan(byte[] code, GuestLimits limits) {
    this.code = code;
    this.limits = limits;
  }

  /// {@return what is wrong}
  static List<Diagnostic> scan(byte[] code, GuestLimits limits) {
    for (int i = 0; i < HEADER.length; i++) {
      if (i >= code.length || code[i] != HEADER[i]) {
        return List.of(noModule(code));
      }
    }
    SectionScan scan = new SectionScan(code, limits);
    try {
      scan.sections();
    } catch (ArrayIndexOutOfBoundsException e) {
      scan.report(Location.field("module"), "It ends in the middle of a section; was it cut off?");
    }
    return scan.diagnostics;
  }

  private static Diagnostic noModule(byte[] code) {
    boolean text = code.length > 0 && (code[0] == '(' || code[0] == ';');
    boolean component = code.length > 7 && code[1] == 'a' && code[6] == 1;
    String message =
        "This is no WebAssembly module in its binary format, which begins with \\0asm.";
    if (text) {
      message = "This is a module in its text format; translate it with wat2wasm first.";
    } else if (component) {
      message = "This is a component; a core module is needed.";
    }
    return Diagnostic.error("plugin_malformed", Location.field("module"), message);
  }

  private void report(Location where, String message) {
    diagnostics.add(Diagnostic.error("plugin_malformed", where, message));
  }

  private void sections() {
    while (at < code.length) {
      int id = code[at++];
      long length = unsigned();
      long end = at + length;
      if (end > code.length) {
        throw new ArrayIndexOutOfBoundsException();
      }
      Section section = SECTIONS.get(id);
      if (section != null) {
        atMost(section.name, length, section.bytes);
      } else if (id == ELEMENT) {
        long most = ELEMENT_SECTION_BYTES + (long) ELEMENT_BYTES * limits.tableElements();
        atMost("element section", length, most);
      } else if (id == CODE) {
        locals(end);
      }
      at = (int) end;
    }
  }

  private void atMost(String section, long length, long most) {
    if (length > most) {
      diagnostics.add(
          Diagnostic.error(
              "plugin_too_large",
              Location.field(section),
              "It has %d bytes; %d are allowed.".formatted(length, most)));
    }
  }

  private void locals(long end) {
    long locals = 0;
    long functions = unsigned();
    for (long function = 0; function < functions && at < end; function++) {
      long next = unsigned();
      next += at;
      long groups = unsigned();
      for (long group = 0; group < groups && at < next && at < end; group++) {
        locals += unsigned();
        // A type is one byte, or one and a number.
        int type = code[at++];
        if (type == 0x63 || type == 0x64) {
          unsigned();
        }
      }
      if (next > end) {
        throw new ArrayIndexOutOfBoundsException();
      }
      at = (int) next;
    }
    if (locals > MOST_LOCALS) {
      diagnostics.add(
          Diagnostic.error(
              "plugin_too_large",
              Location.field("code section"),
              "Its functions have %d local variables; %d are allowed."
                  .formatted(locals, MOST_LOCALS)));
    }
  }

  /// A number in LEB128. Overlong ones are left to the reader; here they are only skipped.
  private long unsigned() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = code[at++];
      if (shift < 32) {
        value |= (b & 0x7FL) << shift;
      }
      if (b >= 0) {
        return value;
      }
    }
  }
}
