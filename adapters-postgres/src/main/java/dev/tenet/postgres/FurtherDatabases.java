package dev.tenet.postgres;

import dev.tenet.domain.diagnostic.Quoted;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The databases besides `main`, and which of all take new tenants.
///
/// | setting | meaning |
/// |---|---|
/// | `DATABASE_URL_EU` | the database called `eu`; any name of capital letters, digits and `_` will do |
/// | `DATABASE_DIRECT_URL_EU` | as `DATABASE_DIRECT_URL`, for `eu` |
/// | `TENET_DEDICATED_DATABASES` | `acme,eu`: these take a tenant only when somebody chooses them for it |
///
/// @param locations by name, in the order of the names
/// @param dedicated the names of those that take tenants by choice only
record FurtherDatabases(Map<String, DatabaseLocation> locations, Set<String> dedicated) {

  private static final String DEDICATED = "TENET_DEDICATED_DATABASES";
  private static final Pattern SETTING = Pattern.compile("DATABASE_(?:[A-Z]+_)?URL_(?<name>.+)");
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

  FurtherDatabases {
    locations = Collections.unmodifiableMap(new TreeMap<>(locations));
    dedicated = Set.copyOf(dedicated);
  }

  /// {@return what the settings say, by their environment names}
  ///
  /// @throws IllegalArgumentException with a message for the operator that names the setting; it holds no password
  static FurtherDatabases read(Map<String, String> settings) {
    Map<String, DatabaseLocation> locations = new TreeMap<>();
    for (String name : names(settings)) {
      DatabaseLocation.read(settings, suffix(name))
          .ifPresent(location -> locations.put(name, location));
    }
    Set<String> dedicated = dedicated(settings);
    Set<String> known = new TreeSet<>(locations.keySet());
    known.add(PlacementTable.MAIN);
    for (String name : dedicated) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s names %s; the databases are %s."
                .formatted(DEDICATED, Quoted.text(name), String.join(", ", known)));
      }
    }
    if (dedicated.containsAll(known)) {
      throw new IllegalArgumentException(
          "%s names all databases: leave out at least one, for tenants for which nobody chooses a database."
              .formatted(DEDICATED));
    }
    return new FurtherDatabases(locations, dedicated);
  }

  private static Set<String> names(Map<String, String> settings) {
    Set<String> names = new TreeSet<>();
    settings.forEach(
        (setting, value) -> {
          Matcher matcher = SETTING.matcher(setting);
          if (matcher.matches() && !value.isBlank()) {
            names.add(name(setting, matcher.group("name")));
          }
        });
    return names;
  }

  private static String name(String setting, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s names no database: write its name with capital letters, digits and _, as in DATABASE_URL_EU."
              .formatted(setting));
    }
    String database = name.toLowerCase(Locale.ROOT);
    if (database.equals(PlacementTable.MAIN)) {
      throw new IllegalArgumentException(
          "%s is not known: the address of the database \"%s\" is in DATABASE_URL."
              .formatted(setting, database));
    }
    return database;
  }

  private static Set<String> dedicated(Map<String, String> settings) {
    return Arrays.stream(settings.getOrDefault(DEDICATED, "").split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String suffix(String name) {
    return "_" + name.toUpperCase(Locale.ROOT);
  }

  /// {@return the setting that gives the address of the database of this name}
  static String setting(String name) {
    return name.equals(PlacementTable.MAIN) ? "DATABASE_URL" : "DATABASE_URL" + suffix(name);
  }

  /// {@return the names of all databases, `main` first}
  List<String> names() {
    return Stream.concat(Stream.of(PlacementTable.MAIN), locations.keySet().stream()).toList();
  }

  /// {@return the names of the databases that take tenants for which nobody chose one}
  List<String> open() {
    return names().stream().filter(name -> !dedicated.contains(name)).toList();
  }
}
