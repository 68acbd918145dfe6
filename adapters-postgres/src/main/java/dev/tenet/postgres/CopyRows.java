package dev.tenet.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rows in the binary format of `COPY`, see the page of that command in PostgreSQL's manual.
final class CopyRows {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int NULL = -1;
  private static final int END = -1;
  private static final int BYTES_OF_UUID = 16;
  private static final int TYPE_UUID = 2950;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private interface Writing {
    void write() throws IOException;
  }

  /// Memory does not fail as files do.
  private CopyRows wrote(Writing writing) {
    try {
      writing.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Begins, with flags and an extension of the header that say nothing.
  CopyRows start() {
    return wrote(
        () -> {
          out.write(SIGNATURE);
          out.writeInt(0);
          out.writeInt(0);
        });
  }

  /// Begins a row of so many fields.
  CopyRows row(int fields) {
    return wrote(() -> out.writeShort(fields));
  }

  /// Ends.
  CopyRows end() {
    return wrote(() -> out.writeShort(END));
  }

  CopyRows nothing() {
    return wrote(() -> out.writeInt(NULL));
  }

  CopyRows number(int number) {
    return wrote(
        () -> {
          out.writeInt(Integer.BYTES);
          out.writeInt(number);
        });
  }

  CopyRows number(long number) {
    return wrote(
        () -> {
          out.writeInt(Long.BYTES);
          out.writeLong(number);
        });
  }

  CopyRows moment(Instant moment) {
    return number(ChronoUnit.MICROS.between(EPOCH, moment));
  }

  CopyRows id(UUID id) {
    return wrote(
        () -> {
          out.writeInt(BYTES_OF_UUID);
          bits(id);
        });
  }

  private void bits(UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  /// Writes a one-dimensional array without nulls, whose lower bound is 1; an empty one has no dimension.
  CopyRows ids(List<UUID> ids) {
    return wrote(
        () -> {
          int header = (ids.isEmpty() ? 3 : 5) * Integer.BYTES;
          out.writeInt(header + ids.size() * (Integer.BYTES + BYTES_OF_UUID));
          out.writeInt(ids.isEmpty() ? 0 : 1);
          out.writeInt(0);
          out.writeInt(TYPE_UUID);
          if (!ids.isEmpty()) {
            out.writeInt(ids.size());
            out.writeInt(1);
          }
          for (UUID id : ids) {
            out.writeInt(BYTES_OF_UUID);
            bits(id);
          }
        });
  }

  /// Writes text, or JSON as text.
  ///
  /// @param text as the database can hold it
  CopyRows text(@Nullable String text) {
    if (text == null) {
      return nothing();
    }
    return wrote(
        () -> {
          byte[] utf8 = text.getBytes(UTF_8);
          out.writeInt(utf8.length);
          out.write(utf8);
        });
  }

  /// {@return how many bytes are there}
  int size() {
    return bytes.size();
  }

  /// {@return what was written since the last time}
  byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
