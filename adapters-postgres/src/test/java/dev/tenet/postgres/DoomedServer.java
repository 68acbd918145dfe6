package dev.tenet.postgres;

import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.util.Map;

/// A server that adds rules until it is killed: it prints its tenant, then a line for each rule acknowledged.
final class DoomedServer {

  private DoomedServer() {}

  public static void main(String[] arguments) {
    var open =
        new PostgresStoreProvider()
            .open(new StoreProvider.Settings(Path.of(arguments[0]), Map.of()));
    var rules = new AcknowledgedRules(open.tenants());
    System.out.println(rules.tenant());
    while (true) {
      rules.addNext();
      System.out.println(rules.count());
    }
  }
}
