package dev.tenet.bootstrap.extension;

import dev.tenet.bootstrap.extension.Extensions.FunctionCheck;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The extensions on the class path and in the jars of a folder, each jar in a class loader of its own. What is broken is
/// reported and left out, be it a whole jar or one provider.
///
/// The folder may change. [#look()] takes jars that were added, replaced or removed, once they have stayed as they are from one look to
/// the next, so that a jar that is being copied waits. A jar that replaces another is taken as a whole or not at all: if anything
/// is wrong with it, the version before goes on.
public final class ExtensionFolder implements AutoCloseable {

  /// What a look has changed.
  ///
  /// @param now all that extensions add from now on
  /// @param came the jars that are new or were replaced
  /// @param went the jars that are gone
  /// @param faults those that were not there before, a line for each that begins with the jar's name
  public record Change(Extensions now, List<String> came, List<String> went, List<String> faults) {
    public Change {
      came = List.copyOf(came);
      went = List.copyOf(went);
      faults = List.copyOf(faults);
    }
  }

  /// A file in the folder.
  ///
  /// @param seen the version that was tried last
  /// @param running the version that is used, which is an older one when that cannot be used
  /// @param refused why not
  private record Known(Fingerprint seen, ExtensionJar running, List<String> refused) {}

  private static final Pattern FULL_STOP = Pattern.compile("\\.$");

  private final @Nullable Path folder;
  private final FunctionCheck check;
  private final Providers builtIn;
  private final List<String> builtInFaults;
  private final JarCopies copies = new JarCopies(Path.of(System.getProperty("java.io.tmpdir")));
  private SortedMap<String, Known> known = new TreeMap<>();

  /// What the last look saw and did not take yet; empty for a file that was gone.
  private Map<String, Optional<Fingerprint>> unsettled = new HashMap<>();

  private List<ExtensionJar> replaced = new ArrayList<>();
  private Optional<String> unreadable = Optional.empty();
  private volatile Extensions present;

  private ExtensionFolder(@Nullable Path folder, FunctionCheck check) {
    this.folder = folder;
    this.check = check;
    this.builtIn = ProviderFinder.find("built-in", ExtensionFolder.class.getClassLoader(), null);
    this.present = Extensions.of(builtIn, List.of(), check);
    this.builtInFaults = present.faults();
  }

  /// {@return what is wrong with providers that are part of Tenet, policies among them, a line for each}
  public List<String> builtInFaults() {
    return builtInFaults;
  }

  /// {@return the extensions that there are}
  ///
  /// @param folder the folder of extension jars, which exists; empty for the class path alone
  /// @param check refuses functions that clash with built-in ones
  public static ExtensionFolder open(Optional<Path> folder, FunctionCheck check) {
    var opened = new ExtensionFolder(folder.orElse(null), check);
    opened.begin();
    return opened;
  }

  /// {@return what a single jar adds, and what is wrong with it}
  ///
  /// @param check refuses functions that clash with built-in ones
  public static JarReport check(Path jar, FunctionCheck check) {
    try (var alone = new ExtensionFolder(null, check)) {
      Fingerprint fingerprint = Fingerprint.of(jar);
      ExtensionJar opened = ExtensionJar.open(jar, fingerprint, alone.copies);
      try {
        return Extensions.of(alone.builtIn, List.of(opened.providers()), check).jars().getFirst();
      } finally {
        opened.retire();
      }
    } catch (IOException e) {
      return new JarReport(
          String.valueOf(jar.getFileName()), List.of(), List.of("there is no such file."));
    }
  }

  private synchronized void begin() {
    try {
      SortedMap<String, Known> found = new TreeMap<>();
      files().forEach((name, fingerprint) -> found.put(name, first(name, fingerprint)));
      known = found;
      present = assembled(found);
    } catch (IOException e) {
      unreadable = Optional.of(unreadable(e));
      present = present.withFault(unreadable.get());
    }
  }

  private Known first(String name, Fingerprint fingerprint) {
    return new Known(fingerprint, opened(name, fingerprint), List.of());
  }

  private ExtensionJar opened(String name, Fingerprint fingerprint) {
    return ExtensionJar.open(Objects.requireNonNull(folder).resolve(name), fingerprint, copies);
  }

  /// {@return what extensions add now}
  public Extensions present() {
    return present;
  }

  /// {@return what has changed in the folder, if anything has that is settled}
  ///
  /// The versions of before stay usable until [#retire()].
  public synchronized Optional<Change> look() {
    SortedMap<String, Fingerprint> files;
    try {
      files = files();
    } catch (IOException e) {
      return unreadableNow(unreadable(e));
    }
    boolean readableAgain = unreadable.isPresent();
    unreadable = Optional.empty();
    Map<String, Optional<Fingerprint>> settled = settled(files);
    return settled.isEmpty() && !readableAgain ? Optional.empty() : Optional.of(take(settled));
  }

  /// What cannot be looked at has not changed: the folder may be back in a moment.
  private Optional<Change> unreadableNow(String fault) {
    if (unreadable.isPresent()) {
      return Optional.empty();
    }
    unreadable = Optional.of(fault);
    Extensions before = present;
    present = before.withFault(fault);
    return Optional.of(change(before, List.of(), List.of()));
  }

  /// {@return the changes that the look before this one saw already}
  private Map<String, Optional<Fingerprint>> settled(SortedMap<String, Fingerprint> files) {
    Map<String, Optional<Fingerprint>> changed = new HashMap<>();
    Set<String> names = new HashSet<>(files.keySet());
    names.addAll(known.keySet());
    for (String name : names) {
      Known file = known.get(name);
      Optional<Fingerprint> now = Optional.ofNullable(files.get(name));
      if (!now.equals(Optional.ofNullable(file).map(Known::seen))) {
        changed.put(name, now);
      }
    }
    Map<String, Optional<Fingerprint>> settled = new TreeMap<>(changed);
    settled.entrySet().retainAll(unsettled.entrySet());
    unsettled = changed;
    return settled;
  }

  private Change take(Map<String, Optional<Fingerprint>> settled) {
    SortedMap<String, Known> next = new TreeMap<>(known);
    settled.forEach(
        (name, now) ->
            now.ifPresentOrElse(
                fingerprint -> next.put(name, tried(known.get(name), name, fingerprint)),
                () -> next.remove(name)));
    Extensions before = present;
    present = withoutClashes(next);
    SortedMap<String, Known> old = known;
    known = next;
    Set<String> came = new LinkedHashSet<>();
    Set<String> went = new LinkedHashSet<>();
    for (String name : settled.keySet()) {
      ExtensionJar running = next.containsKey(name) ? next.get(name).running() : null;
      ExtensionJar ran = old.containsKey(name) ? old.get(name).running() : null;
      if (ran != null && !ran.equals(running)) {
        replaced.add(ran);
      }
      if (running != null && running.isOpen() && !running.equals(ran)) {
        came.add(name);
      } else if (running == null && ran != null && ran.isOpen()) {
        went.add(name);
      }
    }
    return change(before, List.copyOf(came), List.copyOf(went));
  }

  private Change change(Extensions before, List<String> came, List<String> went) {
    List<String> faults = new ArrayList<>(present.faults());
    faults.removeAll(before.faults());
    return new Change(present, came, went, faults);
  }

  private Known tried(@Nullable Known before, String name, Fingerprint fingerprint) {
    ExtensionJar opened = opened(name, fingerprint);
    if (before == null || opened.isSound() || !before.running().isOpen()) {
      return new Known(fingerprint, opened, List.of());
    }
    opened.retire();
    return new Known(fingerprint, before.running(), refused(opened.providers().faults()));
  }

  private static List<String> refused(List<String> faults) {
    return faults.stream()
        .map(
            fault ->
                "%s; the version before goes on."
                    .formatted(FULL_STOP.matcher(fault).replaceFirst("")))
        .toList();
  }

  /// What clashes with others only now that it was replaced is taken back, one after the other.
  private Extensions withoutClashes(SortedMap<String, Known> next) {
    while (true) {
      Extensions together = assembled(next);
      Optional<JarReport> clashing =
          together.jars().stream().filter(report -> isClash(report, next)).findFirst();
      if (clashing.isEmpty()) {
        return together;
      }
      String name = clashing.get().jar();
      Known tried = next.get(name);
      Known before = known.get(name);
      if (tried == null || before == null) {
        return together;
      }
      tried.running().retire();
      next.put(name, new Known(tried.seen(), before.running(), refused(clashing.get().faults())));
    }
  }

  private boolean isClash(JarReport report, SortedMap<String, Known> next) {
    Known now = next.get(report.jar());
    Known before = known.get(report.jar());
    return now != null
        && before != null
        && before.running().isOpen()
        && !now.running().equals(before.running())
        && !report.faults().isEmpty();
  }

  private Extensions assembled(SortedMap<String, Known> jars) {
    Extensions together =
        Extensions.of(
            builtIn, jars.values().stream().map(jar -> jar.running().providers()).toList(), check);
    List<JarReport> reports =
        together.jars().stream()
            .map(
                report -> {
                  Known jar = jars.get(report.jar());
                  return jar == null ? report : report.with(jar.refused());
                })
            .toList();
    return together.with(reports);
  }

  private String unreadable(IOException e) {
    return "%s: the folder cannot be read: %s".formatted(folder, e.getMessage());
  }

  /// {@return the jars of the folder as they are now}
  private SortedMap<String, Fingerprint> files() throws IOException {
    SortedMap<String, Fingerprint> files = new TreeMap<>();
    if (folder == null) {
      return files;
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        fingerprint(jar).ifPresent(print -> files.put(String.valueOf(jar.getFileName()), print));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  private static Optional<Fingerprint> fingerprint(Path jar) throws IOException {
    try {
      return Optional.of(Fingerprint.of(jar));
    } catch (NoSuchFileException goneMeanwhile) {
      return Optional.empty();
    }
  }

  /// Lets go of the files of versions that were replaced; who still runs their classes goes on.
  public synchronized void retire() {
    replaced.forEach(ExtensionJar::retire);
    replaced = new ArrayList<>();
  }

  /// Closes the jars and removes their copies.
  @Override
  public synchronized void close() {
    retire();
    known.values().forEach(jar -> jar.running().retire());
    copies.close();
  }
}
