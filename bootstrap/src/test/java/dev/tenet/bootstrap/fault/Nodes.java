package dev.tenet.bootstrap.fault;

import dev.tenet.bootstrap.server.ServerProcess;
import dev.tenet.postgres.PostgresStoreProvider;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.spi.StoreProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Several server processes over one PostgreSQL, each of which reaches it through a network of its own.
final class Nodes implements AutoCloseable {

  private static final int POOL_SIZE = 8;

  /// What a server uses besides its pool: the feed of revisions, migration, cancelling.
  private static final int OTHER_CONNECTIONS = 6;

  private final History history;
  private final EmbeddedPostgres postgres;
  private final List<FaultProxy> networks = new ArrayList<>();
  private final List<ServerProcess> servers = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();

  /// Starts them all.
  ///
  /// @param folder for their files
  /// @param names of the nodes
  Nodes(Path folder, History history, List<String> names) {
    this.history = history;
    postgres =
        EmbeddedPostgres.start(
            folder.resolve("data"), (names.size() + 1) * (POOL_SIZE + OTHER_CONNECTIONS));
    try {
      start(folder, names);
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  private void start(Path folder, List<String> names) {
    for (String name : names) {
      var network = new FaultProxy(postgresPort());
      networks.add(network);
      ServerProcess server =
          ServerProcess.start(
              folder.resolve(name), environment(network.port()), "serve", "--port", "0");
      servers.add(server);
      nodes.add(new Node(name, server.awaitReady(), history));
    }
  }

  private int postgresPort() {
    return URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
  }

  private Map<String, String> environment(int port) {
    Map<String, String> login = postgres.login(EmbeddedPostgres.OWNER);
    return Map.of(
        "DATABASE_URL",
        "postgresql://%s:%s@127.0.0.1:%d/tenet?sslmode=disable"
            .formatted(login.get("user"), login.get("password"), port),
        "DATABASE_POOL_SIZE",
        Integer.toString(POOL_SIZE));
  }

  Node node(int number) {
    return nodes.get(number);
  }

  List<Node> all() {
    return List.copyOf(nodes);
  }

  ServerProcess server(int number) {
    return servers.get(number);
  }

  /// {@return what is between a node and the database}
  FaultProxy network(int number) {
    return networks.get(number);
  }

  /// {@return the store, without a network in between}
  StoreProvider.OpenStore store() {
    return new PostgresStoreProvider()
        .open(new StoreProvider.Settings(Path.of(""), environment(postgresPort())));
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
    networks.forEach(FaultProxy::close);
    postgres.close();
  }
}
