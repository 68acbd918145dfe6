package dev.tenet.bootstrap.server;

import dev.tenet.bootstrap.extension.ExtensionFolder;
import dev.tenet.bootstrap.extension.Extensions;
import dev.tenet.bootstrap.telemetry.Telemetry;
import dev.tenet.bootstrap.wiring.ExtensionParts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.spi.Function;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts what comes to the folder of extensions into a running server, and takes out what goes. Decisions under way finish with
/// the functions that they began with.
final class ExtensionWatch {

  /// How often the folder is looked at. Events of the file system are no substitute: network file systems send none.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger(ExtensionWatch.class.getName());

  private final ExtensionFolder folder;
  private final TenetComponent component;
  private final Telemetry telemetry;
  private final String storeName;
  private Extensions inUse;

  ExtensionWatch(
      ExtensionFolder folder, TenetComponent component, Telemetry telemetry, String storeName) {
    this.folder = folder;
    this.component = component;
    this.telemetry = telemetry;
    this.storeName = storeName;
    this.inUse = folder.present();
  }

  /// {@return what looks at the folder again and again until it is closed}
  ///
  /// @param storeName the store that is open
  static Repeating start(
      ExtensionFolder folder, TenetComponent component, Telemetry telemetry, String storeName) {
    var watch = new ExtensionWatch(folder, component, telemetry, storeName);
    return Repeating.start("tenet-extensions", PAUSE, PAUSE, watch::look, () -> {});
  }

  /// Looks at the folder once, and puts into the server what is settled.
  void look() {
    long began = System.nanoTime();
    folder.look().ifPresent(change -> take(change, began));
  }

  private void take(ExtensionFolder.Change change, long began) {
    Extensions before = inUse;
    Extensions now = change.now();
    ExtensionParts parts = now.parts();
    component.compiler().functions(parts.functions());
    component.decisionObservers().replace(telemetry.listeners(parts.listeners()));
    component.governanceObservers().replace(parts.governanceListeners());
    component.changeObservers().replace(parts.changeListeners());
    inUse = now;
    component.pastRuleSets().forget();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    var _ = component.ruleSets().recompile().thenRun(folder::retire);
    change.faults().forEach(fault -> LOG.log(Level.WARNING, () -> "Extension left out: " + fault));
    if (!change.came().isEmpty() || !change.went().isEmpty()) {
      LOG.log(Level.INFO, () -> line(change, before, elapsed));
    }
    if (!now.store(storeName).equals(before.store(storeName))) {
      LOG.log(
          Level.WARNING,
          () ->
              "The store \"%s\" is of a jar that was replaced or removed; it stays as it is until the server is started again."
                  .formatted(storeName));
    }
  }

  private static String line(ExtensionFolder.Change change, Extensions before, Duration elapsed) {
    List<String> parts = new ArrayList<>();
    add(parts, "loaded", change.came());
    add(parts, "removed", change.went());
    Set<String> old = names(before);
    Set<String> now = names(change.now());
    add(parts, "functions that came", without(now, old));
    add(parts, "functions that went", without(old, now));
    return "Extensions changed in %.1f ms: %s"
        .formatted(elapsed.toNanos() / 1e6, String.join("; ", parts));
  }

  private static void add(List<String> parts, String what, Iterable<String> names) {
    String joined = String.join(", ", names);
    if (!joined.isEmpty()) {
      parts.add(what + " " + joined);
    }
  }

  private static Set<String> names(Extensions extensions) {
    return extensions.parts().functions().stream()
        .map(Function::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> left = new TreeSet<>(some);
    left.removeAll(others);
    return left;
  }
}
