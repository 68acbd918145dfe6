package dev.tenet.http.routing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class GuardedReaderTest {

  private static final int GARBAGE = 1 << 16;
  private static final int MOST_GARBAGE = 1 << 20;

  private static DataReader reader(Supplier<byte[]> socket) {
    return new GuardedReader(socket, new SlowClients(Duration.ofMinutes(1)).watch());
  }

  private static DataReader reader(String... pieces) {
    var sent = Arrays.asList(pieces).iterator();
    return reader(() -> sent.hasNext() ? sent.next().getBytes(US_ASCII) : null);
  }

  @Test
  void whatWasReadIsCollectedThoughItsConnectionIsOld() {
    List<WeakReference<byte[]>> pieces = new ArrayList<>();
    DataReader reader =
        reader(
            () -> {
              byte[] piece = {1};
              pieces.add(new WeakReference<>(piece));
              return piece;
            });
    reader.read();
    System.gc();
    reader.read();
    reader.read();
    collectWhatIsYoung();
    assertThat(pieces.get(1).get()).isNull();
    assertThat(reader.available()).isZero();
  }

  private static void collectWhatIsYoung() {
    long before = collections();
    long bytes = 0;
    for (int i = 0; collections() == before && i < MOST_GARBAGE; i++) {
      bytes += new byte[GARBAGE].length;
    }
    assertThat(bytes).isNotZero();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  @Test
  void readsAcrossPieces() {
    DataReader reader = reader("one\r", "\ntw", "o\r\nthree", "four");
    assertThat(reader.readLine()).isEqualTo("one");
    assertThat(reader.readLine()).isEqualTo("two");
    assertThat(reader.available()).isEqualTo(5);
    assertThat(reader.readAsciiString(7)).isEqualTo("threefo");
    assertThat(reader.readBuffer(2).readString(2)).isEqualTo("ur");
    assertThatThrownBy(reader::read)
        .isInstanceOf(DataReader.InsufficientDataAvailableException.class);
  }

  @Test
  void readsNoBufferThatIsLargerThanItMayBe() {
    assertThatThrownBy(() -> reader("x").readBuffer(GuardedReader.LARGEST + 1))
        .isInstanceOf(GuardedReader.TooLarge.class);
  }

  @Test
  void saysThatAConnectionFailed() {
    DataReader reader =
        reader(
            () -> {
              throw new UncheckedIOException(new IOException("reset"));
            });
    assertThatThrownBy(reader::ensureAvailable).isInstanceOf(ServerConnectionException.class);
  }

  /// What Helidon adds to its reader would else read from another chain.
  @Test
  void readsAllThatHelidonReads() throws NoSuchMethodException {
    for (Method method : DataReader.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.getName().equals("listener")) {
        assertThat(
                GuardedReader.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
            .isNotNull();
      }
    }
  }
}
