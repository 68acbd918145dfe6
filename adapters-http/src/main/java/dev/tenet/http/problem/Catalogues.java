package dev.tenet.http.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The languages in which problems are explained besides English.
///
/// Each is a file `messages_TAG.properties` in UTF-8 beside this class, such as `messages_de.properties` or
/// `messages_pt_BR.properties`, with the entries `CODE.title` and `CODE.message` for every code. A further language is one more file.
public final class Catalogues {

  private static final String FOLDER = "dev/tenet/http/problem/";
  private static final Pattern FILE = Pattern.compile("messages_(\\w+)\\.properties");

  /// By language, in the order in which they are preferred where a client has no preference.
  private final Map<Locale, ResourceBundle> catalogues;

  /// English before all others.
  private final List<Locale> languages = new ArrayList<>(List.of(Locale.ENGLISH));

  private Catalogues(Map<Locale, ResourceBundle> catalogues) {
    this.catalogues = catalogues;
    languages.addAll(catalogues.keySet());
  }

  /// {@return those that lie beside this class}
  public static Catalogues present() {
    Map<Locale, ResourceBundle> found = new LinkedHashMap<>();
    for (String name : names()) {
      Matcher file = FILE.matcher(name);
      if (file.matches()) {
        found.put(Locale.forLanguageTag(file.group(1).replace('_', '-')), read(name));
      }
    }
    return new Catalogues(found);
  }

  /// The names of all files beside this class, in a jar or in a directory.
  private static List<String> names() {
    try {
      var classes =
          new File(Catalogues.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (classes.isDirectory()) {
        try (Stream<Path> files = Files.list(classes.toPath().resolve(FOLDER))) {
          return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
      }
      try (var jar = new JarFile(classes)) {
        return jar.stream()
            .map(JarEntry::getName)
            .filter(name -> name.startsWith(FOLDER))
            .map(name -> name.substring(FOLDER.length()))
            .sorted()
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the translations of problems cannot be listed", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a jar has a path", e);
    }
  }

  private static ResourceBundle read(String name) {
    try (InputStream in = Objects.requireNonNull(Catalogues.class.getResourceAsStream(name))) {
      return new PropertyResourceBundle(new InputStreamReader(in, UTF_8.newDecoder()));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /// {@return what the code means in the language that a client prefers, or empty when that is English}
  ///
  /// @param acceptLanguage the header `Accept-Language`, whatever it says
  public Optional<Translation> translation(String code, String acceptLanguage) {
    Locale language = Locale.lookup(ranges(acceptLanguage), languages);
    ResourceBundle entries = language == null ? null : catalogues.get(language);
    String title = code + ".title";
    String message = code + ".message";
    return entries != null && entries.containsKey(title) && entries.containsKey(message)
        ? Optional.of(
            new Translation(
                language.toLanguageTag(), entries.getString(title), entries.getString(message)))
        : Optional.empty();
  }

  /// [Locale#lookup] passes `*` over; it stands for every language.
  private List<LanguageRange> ranges(String acceptLanguage) {
    return AcceptedLanguages.in(acceptLanguage).stream()
        .flatMap(range -> range.getRange().equals("*") ? any(range.getWeight()) : Stream.of(range))
        .toList();
  }

  private Stream<LanguageRange> any(double weight) {
    return weight == 0
        ? Stream.empty()
        : languages.stream().map(language -> new LanguageRange(language.toLanguageTag(), weight));
  }
}
