package dev.tenet.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.artefacts.S3Keys;
import dev.tenet.artefacts.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the code of plugins is kept: by options, environment and file.
final class ArtefactChoiceTest {

  private static final String SECRET = "Planted5ecret";
  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "known", "AWS_SECRET_ACCESS_KEY", SECRET);

  @TempDir private Path folder = Path.of("");

  private static Configuration read(Map<Setting, String> options, Map<String, String> environment)
      throws InvalidConfiguration {
    return ConfigurationReader.read(options, environment);
  }

  private Map<Setting, String> file(String text) throws IOException {
    return Map.of(Setting.CONFIG, Files.writeString(folder.resolve("tenet.yaml"), text).toString());
  }

  private List<String> faults(Map<Setting, String> options, Map<String, String> environment) {
    return assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> ConfigurationReader.read(options, environment))
        .actual()
        .lines()
        .lines()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  private List<String> faults(String text) throws IOException {
    return faults(file(text), Map.of());
  }

  @Test
  void theDatabaseUnlessSaid() throws Exception {
    assertThat(read(Map.of(), KEYS).artefacts()).isEqualTo(new ArtefactSettings.Database());
    assertThat(read(Map.of(Setting.ARTEFACTS, "database"), Map.of()).artefacts())
        .isEqualTo(new ArtefactSettings.Database());
  }

  @Test
  void aDirectory() throws Exception {
    assertThat(read(file("artefacts: {store: directory, directory: code}"), Map.of()).artefacts())
        .as("relative to the file")
        .isEqualTo(new ArtefactSettings.Directory(folder.resolve("code")));
    assertThat(
            read(
                    Map.of(Setting.ARTEFACTS, "directory"),
                    Map.of("TENET_ARTEFACTS_DIRECTORY", "code"))
                .artefacts())
        .isEqualTo(new ArtefactSettings.Directory(Path.of("code")));
  }

  @Test
  void anObjectStoreOfTheFile() throws Exception {
    Map<String, String> others = new HashMap<>(KEYS);
    others.put("TENET_ARTEFACTS_REGION", "eu-central-1");
    assertThat(
            read(
                    file(
                        """
                        artefacts:
                          store: s3
                          s3:
                            endpoint: https://objects.example.com/
                            bucket: code
                            prefix: one/two
                            region: eu-west-1
                            accessKey: 12345
                            secretKey: other
                        """),
                    others)
                .artefacts())
        .as("the environment is stronger, but for the keys, which are not Tenet's own there")
        .isEqualTo(
            new ArtefactSettings.ObjectStore(
                new S3Settings(
                    URI.create("https://objects.example.com"),
                    "code",
                    "one/two/",
                    "eu-central-1",
                    new S3Keys("12345", "other"))));
  }

  @Test
  void anObjectStoreOfOptionsAndEnvironmentWhoseSecretIsNotShown() throws Exception {
    Configuration configuration =
        read(
            Map.of(
                Setting.ARTEFACTS,
                "s3",
                Setting.ARTEFACTS_ENDPOINT,
                "http://127.0.0.1:9000",
                Setting.ARTEFACTS_BUCKET,
                "code"),
            KEYS);
    assertThat(configuration.artefacts())
        .isEqualTo(
            new ArtefactSettings.ObjectStore(
                new S3Settings(
                    URI.create("http://127.0.0.1:9000"),
                    "code",
                    "artefacts/",
                    "us-east-1",
                    new S3Keys("known", SECRET))));
    assertThat(configuration.toString()).contains("known").doesNotContain(SECRET);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThat(faults(Map.of(Setting.ARTEFACTS, "directory"), Map.of()))
        .containsExactly(
            "--artefacts: directory needs a directory; give --artefacts-directory, TENET_ARTEFACTS_DIRECTORY, or artefacts.directory in the file.");
    assertThat(faults("artefacts: {store: s3}"))
        .containsExactly(
            "--artefacts: s3 needs an address; give --artefacts-endpoint, TENET_ARTEFACTS_ENDPOINT, or artefacts.s3.endpoint in the file.",
            "--artefacts: s3 needs a bucket; give --artefacts-bucket, TENET_ARTEFACTS_BUCKET, or artefacts.s3.bucket in the file.",
            "--artefacts: s3 needs keys; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or artefacts.s3.accessKey and artefacts.s3.secretKey in the file.");
  }

  @Test
  void whatMakesNoSenseIsNamedWithItsPlace() throws IOException {
    assertThat(faults("artefacts:\n  store: directry\n"))
        .containsExactly(
            "tenet.yaml:2:10: artefacts.store: \"directry\" is no place for code, did you mean directory; the places are database, directory, s3.");
    assertThat(faults(Map.of(), Map.of("TENET_ARTEFACTS", "tape")))
        .containsExactly(
            "environment variable TENET_ARTEFACTS: \"tape\" is no place for code; the places are database, directory, s3.");
    for (String address :
        List.of(
            "objects.example.com", "ftp://a", "http://", "https://a/b", "https://u:p@a", "a b")) {
      // What is before an @ may be a password.
      String shown = address.contains("@") ? "what is given" : '"' + address + '"';
      assertThat(
              faults(
                  Map.of(
                      Setting.ARTEFACTS,
                      "s3",
                      Setting.ARTEFACTS_ENDPOINT,
                      address,
                      Setting.ARTEFACTS_BUCKET,
                      "code"),
                  KEYS))
          .containsExactly(
              "--artefacts-endpoint: %s is no address of an object store; write it like https://s3.eu-central-1.amazonaws.com or http://localhost:9000."
                  .formatted(shown));
    }
    assertThat(
            faults(
                Map.of(
                    Setting.ARTEFACTS,
                    "s3",
                    Setting.ARTEFACTS_ENDPOINT,
                    "http://a",
                    Setting.ARTEFACTS_BUCKET,
                    "My Bucket",
                    Setting.ARTEFACTS_PREFIX,
                    "/code",
                    Setting.ARTEFACTS_REGION,
                    "a b"),
                KEYS))
        .containsExactly(
            "--artefacts-bucket: \"My Bucket\" is no name of a bucket; it has 3 to 63 small letters, digits, hyphens and dots.",
            "--artefacts-prefix: \"/code\" is no prefix; write it like tenet/artefacts/, without a slash at the beginning.",
            "--artefacts-region: \"a b\" is no region; write it like eu-central-1.");
  }

  @Test
  void whatIsSaidOfAnotherPlaceIsAFault() throws IOException {
    assertThat(faults("artefacts: {directory: code}"))
        .containsExactly(
            "tenet.yaml:1:24: artefacts.directory: this is for code that is kept in directory, and it is kept in database; say --artefacts=directory, or leave this out.");
    assertThat(
            faults(
                Map.of(Setting.ARTEFACTS, "directory", Setting.ARTEFACTS_DIRECTORY, "code"),
                Map.of("TENET_ARTEFACTS_BUCKET", "code")))
        .containsExactly(
            "environment variable TENET_ARTEFACTS_BUCKET: this is for code that is kept in s3, and it is kept in directory; say --artefacts=s3, or leave this out.");
  }

  @Test
  void noFaultRepeatsASecret() throws IOException {
    List<String> half =
        faults("artefacts: {store: s3, s3: {secretKey: %s, endpoint: x}}".formatted(SECRET));
    assertThat(half)
        .contains(
            "tenet.yaml:1:28: artefacts.s3: accessKey and secretKey go together; without both, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment are taken.");
    List<String> odd =
        faults(
            "artefacts: {s3: {accessKey: [%s], secretKey: !vault %s}}".formatted(SECRET, SECRET));
    assertThat(odd)
        .contains(
            "tenet.yaml:1:29: Expected artefacts.s3.accessKey as text.",
            "tenet.yaml:1:57: Expected artefacts.s3.secretKey as text.");
    assertThat(half + "" + odd).doesNotContain(SECRET);
    assertThat(faults("artefacts: {s3: {bucke: code}}"))
        .containsExactly(
            "tenet.yaml:1:18: \"bucke\" is no key of artefacts.s3. Did you mean \"bucket\"?");
  }
}
