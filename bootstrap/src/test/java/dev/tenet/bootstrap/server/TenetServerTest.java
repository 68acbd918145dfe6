package dev.tenet.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.Setting;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TenetServerTest {

  private static Configuration configuration(String host) throws Exception {
    return ConfigurationReader.read(
        Map.of(
            Setting.HOST,
            host,
            Setting.PORT,
            "0",
            Setting.STORE,
            "inmemory",
            Setting.INSECURE,
            "on"),
        Map.of());
  }

  @Test
  void anIpv6AddressIsBracketed() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
      assertThat(socket.isBound()).isTrue();
    } catch (BindException e) {
      Assumptions.abort("this machine has no IPv6");
    }
    try (TenetServer server = TenetServer.start(configuration("::1"))) {
      assertThat(server.url()).matches("http://\\[::1]:[1-9]\\d*");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsExplained() throws Exception {
    Configuration elsewhere = configuration("192.0.2.1");
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> TenetServer.start(elsewhere))
        .satisfies(
            e ->
                assertThat(e.line())
                    .isEqualTo(
                        "192.0.2.1 is no address of this machine. Choose another with --host."));
  }
}
