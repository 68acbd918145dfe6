package dev.tenet.bootstrap.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The processes of the PostgreSQL in a data directory.
record PostgresProcesses(Path dataDirectory) {

  /// {@return the first of them, which starts the others}
  Optional<ProcessHandle> postmaster() {
    String told = " -D " + real(dataDirectory) + "/postgresql/data ";
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(told))
        .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
        .findFirst();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return all of them}
  List<ProcessHandle> all() {
    return postmaster().stream()
        .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.children()))
        .toList();
  }

  /// {@return those that serve a connection; where there is no `/proc` all but the first}
  List<ProcessHandle> backends() {
    List<ProcessHandle> children = postmaster().stream().flatMap(ProcessHandle::children).toList();
    List<ProcessHandle> serving =
        children.stream().filter(process -> title(process).contains("127.0.0.1(")).toList();
    return serving.isEmpty() ? children : serving;
  }

  private static String title(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), ISO_8859_1);
    } catch (IOException goneOrNoProc) {
      return "";
    }
  }

  /// {@return whether the process still runs; one that has ended and that nobody has taken notice of has no command}
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
