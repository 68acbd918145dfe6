package dev.tenet.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whom PostgreSQL runs as, which refuses to run as root.
///
/// An ordinary user runs it as himself. For root it is, in this order, what works on the machine:
///
/// 1. the user `tenet`, for an operator who made one;
/// 2. root without any of root's powers, in a user namespace of its own (`unshare`): the data stays closed to all other
///    users, wherever it is;
/// 3. the user `postgres`, then `nobody`: they must be able to reach the data directory.
///
/// @param prefix what a command begins with
/// @param user whom the files belong to, or empty when nothing need be done about it
record Account(List<String> prefix, Optional<String> user) {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<String> USERS = List.of("tenet", "postgres", "nobody");

  Account {
    prefix = List.copyOf(prefix);
  }

  /// {@return whom to run it as}
  ///
  /// @param directory what it must be able to reach
  /// @throws IllegalArgumentException with a message for the operator when nothing works
  static Account find(Path directory) {
    if (!isRoot()) {
      return new Account(List.of(), Optional.empty());
    }
    return candidates().stream()
        .filter(account -> account.works(directory))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "PostgreSQL does not run as root, and no other account can be used for %s: run Tenet as an ordinary user, or make a user \"tenet\" that can reach the directory, or set DATABASE_URL."
                        .formatted(directory)));
  }

  /// {@return what root can try, the best first}
  static List<Account> candidates() {
    List<Account> accounts = new ArrayList<>();
    for (String user : USERS) {
      accounts.add(
          new Account(
              List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups", "--"),
              Optional.of(user)));
      accounts.add(
          new Account(
              List.of("setpriv", "--reuid=" + user, "--clear-groups", "--regid=65534", "--"),
              Optional.of(user)));
    }
    accounts.add(2, new Account(List.of("unshare", "--user", "--"), Optional.of("root")));
    return accounts;
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  boolean works(Path directory) {
    return Program.run(
            command(
                List.of("sh", "-c", "test \"$(id -u)\" != 0 && cd \"$0\"", directory.toString())),
            LIMIT)
        .map(Program.Ended::succeeded)
        .orElse(false);
  }

  /// {@return the command, run as this account}
  List<String> command(List<String> command) {
    List<String> full = new ArrayList<>(prefix);
    full.addAll(command);
    return full;
  }

  /// Makes the account the owner of a directory and all in it, unless it is already.
  void own(Path directory) {
    if (user.isEmpty()) {
      return;
    }
    try {
      var principal =
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(user.get());
      if (Files.getOwner(directory).equals(principal)) {
        return;
      }
      // The directory itself comes last: when this is cut short, the next start does it again.
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.setAttribute(file, "posix:owner", principal, LinkOption.NOFOLLOW_LINKS);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException exception)
                throws IOException {
              if (exception != null) {
                throw exception;
              }
              Files.setAttribute(visited, "posix:owner", principal, LinkOption.NOFOLLOW_LINKS);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The directory " + directory + " cannot be given to " + user.get(), e);
    }
  }
}
