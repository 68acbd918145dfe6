package dev.tenet.application.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.InstalledPlugin.HostCapability;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuestLogTest {

  private static final TenantId ACME = new TenantId(new UUID(1, 1));
  private static final TenantId OTHER = new TenantId(new UUID(1, 2));
  private static final InstalledPlugin SCRIPT =
      new InstalledPlugin(
          "script.s",
          "1",
          Sha256.of("code"),
          List.of(),
          List.of(),
          List.of(),
          Set.of(HostCapability.LOG),
          null);

  private final Logger logger = Logger.getLogger(GuestLog.class.getName());
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final GuestLog log = new GuestLog();

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private void write(TenantId tenant, boolean secretive, String text) {
    log.write(new PluginCalls.Caller(tenant, Map.of(), secretive), SCRIPT, Level.WARNING, text);
  }

  @Test
  void aLineSaysWhoseItIsAndStaysOne() {
    write(ACME, false, "hello\nERROR forged");
    assertThat(lines)
        .containsExactly("WARNING script.s of the tenant %s: hello ERROR forged".formatted(ACME));
  }

  @Test
  void whatMayBeSecretIsNotWritten() {
    write(ACME, true, "4711");
    assertThat(lines).singleElement().asString().contains("not written").doesNotContain("4711");
  }

  @Test
  void aTenantWritesSoManyLinesAMinuteAndOthersTheirs() {
    for (int i = 0; i < GuestLog.MOST_LINES + 100; i++) {
      write(ACME, false, "again");
    }
    assertThat(lines).hasSize(GuestLog.MOST_LINES + 1);
    assertThat(lines.getLast()).contains(ACME.toString(), "not written");
    write(OTHER, false, "hello");
    assertThat(lines.getLast()).contains(OTHER.toString(), "hello");
  }
}
