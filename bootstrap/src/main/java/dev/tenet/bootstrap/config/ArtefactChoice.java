package dev.tenet.bootstrap.config;

import dev.tenet.artefacts.S3Keys;
import dev.tenet.artefacts.S3Settings;
import dev.tenet.bootstrap.config.ConfigurationReader.Given;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Puts [ArtefactSettings] together of what options, environment and file say.
final class ArtefactChoice {

  static final String ACCESS_VARIABLE = "AWS_ACCESS_KEY_ID";
  static final String SECRET_VARIABLE = "AWS_SECRET_ACCESS_KEY";

  private static final String DIRECTORY = "directory";
  private static final String S3 = "s3";
  private static final List<String> STORES = List.of(Setting.DEFAULT_ARTEFACTS, DIRECTORY, S3);
  private static final List<Setting> OF_DIRECTORY = List.of(Setting.ARTEFACTS_DIRECTORY);
  private static final List<Setting> OF_S3 =
      List.of(
          Setting.ARTEFACTS_ENDPOINT,
          Setting.ARTEFACTS_BUCKET,
          Setting.ARTEFACTS_PREFIX,
          Setting.ARTEFACTS_REGION);

  private final Function<Setting, Optional<Given>> given;
  private final Function<Given, Path> path;
  private final Optional<S3Keys> keys;
  private final Map<String, String> environment;
  private final Consumer<String> faults;

  /// @param given what is said of a setting
  /// @param path makes a path of what is said
  /// @param keys those of the file
  /// @param faults is told what makes no sense, a line for each
  ArtefactChoice(
      Function<Setting, Optional<Given>> given,
      Function<Given, Path> path,
      Optional<S3Keys> keys,
      Map<String, String> environment,
      Consumer<String> faults) {
    this.given = given;
    this.path = path;
    this.keys = keys;
    this.environment = environment;
    this.faults = faults;
  }

  ArtefactSettings settings() {
    Optional<Given> chosen = given.apply(Setting.ARTEFACTS);
    String store = chosen.map(Given::text).orElse(Setting.DEFAULT_ARTEFACTS);
    if (!STORES.contains(store)) {
      faults.accept(
          "%s: %s is no place for code%s; the places are %s."
              .formatted(
                  chosen.map(Given::origin).orElse(""),
                  Quoted.text(store),
                  Spelling.nearest(store, STORES).map(", did you mean %s"::formatted).orElse(""),
                  String.join(", ", STORES)));
      return new ArtefactSettings.Database();
    }
    refuseOthers(OF_DIRECTORY, DIRECTORY, store);
    refuseOthers(OF_S3, S3, store);
    return switch (store) {
      case DIRECTORY ->
          required(Setting.ARTEFACTS_DIRECTORY, store, "a directory")
              .map(path)
              .<ArtefactSettings>map(ArtefactSettings.Directory::new)
              .orElseGet(ArtefactSettings.Database::new);
      case S3 ->
          objectStore()
              .<ArtefactSettings>map(ArtefactSettings.ObjectStore::new)
              .orElseGet(ArtefactSettings.Database::new);
      default -> new ArtefactSettings.Database();
    };
  }

  /// Whoever says where code shall be kept, and forgets to say that it shall, would find it elsewhere.
  private void refuseOthers(List<Setting> settings, String store, String chosen) {
    if (!chosen.equals(store)) {
      settings.forEach(
          setting ->
              given
                  .apply(setting)
                  .ifPresent(
                      stray ->
                          faults.accept(
                              "%s: this is for code that is kept in %s, and it is kept in %s; say %s=%s, or leave this out."
                                  .formatted(
                                      stray.origin(),
                                      store,
                                      chosen,
                                      Setting.ARTEFACTS.option(),
                                      store))));
    }
  }

  /// {@return where in an object store, or empty after a fault}
  private Optional<S3Settings> objectStore() {
    Optional<URI> endpoint =
        required(Setting.ARTEFACTS_ENDPOINT, S3, "an address").flatMap(this::address);
    Optional<String> bucket =
        required(Setting.ARTEFACTS_BUCKET, S3, "a bucket")
            .flatMap(
                name ->
                    formed(
                        name,
                        name.text(),
                        S3Settings.BUCKET,
                        "no name of a bucket; it has 3 to 63 small letters, digits, hyphens and dots"));
    Optional<String> prefix =
        given
            .apply(Setting.ARTEFACTS_PREFIX)
            .map(
                name ->
                    formed(
                        name,
                        name.text().endsWith("/") ? name.text() : name.text() + "/",
                        S3Settings.PREFIX,
                        "no prefix; write it like tenet/artefacts/, without a slash at the beginning"))
            .orElse(Optional.of(Setting.ARTEFACTS_PREFIX.fallback()));
    Optional<String> region =
        given
            .apply(Setting.ARTEFACTS_REGION)
            .map(
                name ->
                    formed(
                        name,
                        name.text(),
                        S3Settings.REGION,
                        "no region; write it like eu-central-1"))
            .orElse(Optional.of(Setting.ARTEFACTS_REGION.fallback()));
    Optional<S3Keys> signing = keys.or(this::keysOfEnvironment);
    if (endpoint.isEmpty()
        || bucket.isEmpty()
        || prefix.isEmpty()
        || region.isEmpty()
        || signing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new S3Settings(endpoint.get(), bucket.get(), prefix.get(), region.get(), signing.get()));
  }

  private Optional<Given> required(Setting setting, String store, String what) {
    Optional<Given> found = given.apply(setting).filter(said -> !said.text().isBlank());
    if (found.isEmpty()) {
      faults.accept(
          "%s: %s needs %s; give %s, %s, or %s in the file."
              .formatted(
                  Setting.ARTEFACTS.option(),
                  store,
                  what,
                  setting.option(),
                  setting.variables().getFirst(),
                  setting.key()));
    }
    return found;
  }

  private Optional<String> formed(Given given, String text, Pattern form, String otherwise) {
    if (form.matcher(text).matches()) {
      return Optional.of(text);
    }
    faults.accept("%s: %s is %s.".formatted(given.origin(), Quoted.text(given.text()), otherwise));
    return Optional.empty();
  }

  private Optional<URI> address(Given given) {
    try {
      URI address = new URI(given.text().replaceFirst("/$", ""));
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      boolean bare =
          String.valueOf(address.getPath()).isEmpty()
              && address.getQuery() == null
              && address.getFragment() == null
              && address.getUserInfo() == null;
      if (web && bare && address.getHost() != null) {
        return Optional.of(address);
      }
    } catch (URISyntaxException e) {
      // Reported below, like one of something else.
    }
    // What is before an @ may be a password.
    String shown = given.text().contains("@") ? "what is given" : Quoted.text(given.text());
    faults.accept(
        "%s: %s is no address of an object store; write it like https://s3.eu-central-1.amazonaws.com or http://localhost:9000."
            .formatted(given.origin(), shown));
    return Optional.empty();
  }

  private Optional<S3Keys> keysOfEnvironment() {
    String access = environment.getOrDefault(ACCESS_VARIABLE, "").strip();
    String secret = environment.getOrDefault(SECRET_VARIABLE, "").strip();
    if (access.isEmpty() || secret.isEmpty()) {
      faults.accept(
          "%s: s3 needs keys; set %s and %s in the environment, or artefacts.s3.accessKey and artefacts.s3.secretKey in the file."
              .formatted(Setting.ARTEFACTS.option(), ACCESS_VARIABLE, SECRET_VARIABLE));
      return Optional.empty();
    }
    return Optional.of(new S3Keys(access, secret));
  }
}
