package dev.tenet.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.http.identity.TokenSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfiguredTokensTest {

  private static final String USUAL =
      """
      jwt:
        issuer: https://id.example.com/
        audience: tenet
        jwks: https://id.example.com/keys
      """;

  @TempDir private Path folder = Path.of("");

  private Authentication read(String text, Map<Setting, String> options) throws Exception {
    Path file = Files.writeString(folder.resolve("tenet.yaml"), text);
    var all = new EnumMap<Setting, String>(Setting.class);
    all.putAll(options);
    all.put(Setting.CONFIG, file.toString());
    return ConfigurationReader.read(all, Map.of()).authentication();
  }

  private List<String> faults(String text) throws IOException {
    return assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> read(text, Map.of()))
        .actual()
        .lines()
        .lines()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void whatIsUsualNeedNotBeSaid() throws Exception {
    assertThat(read(USUAL, Map.of()).tokens())
        .contains(
            new TokenSettings(
                "https://id.example.com/",
                "tenet",
                URI.create("https://id.example.com/keys"),
                "tenant",
                "roles",
                false,
                Duration.ofSeconds(30),
                Set.of("RS256", "ES256", "EdDSA")));
  }

  @Test
  void allCanBeSaid() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys.json"), "{}");
    assertThat(
            read(
                    """
                    jwt:
                      issuer: i
                      audience: a
                      jwks: keys.json
                      tenantClaim: org.tenant
                      rolesClaim: org.roles
                      platformWithoutTenant: true
                      skew: 2m
                      algorithms: [PS512]
                    """,
                    Map.of())
                .tokens())
        .contains(
            new TokenSettings(
                "i",
                "a",
                keys.toUri(),
                "org.tenant",
                "org.roles",
                true,
                Duration.ofMinutes(2),
                Set.of("PS512")));
  }

  @Test
  void whoConfiguresTokensWantsThemToBeLookedAt() throws Exception {
    assertThat(read("port: 1\n", Map.of()))
        .isEqualTo(new Authentication(false, false, Optional.empty()));
    assertThat(read("auth: on\ninsecure: on\n", Map.of()))
        .isEqualTo(new Authentication(true, true, Optional.empty()));
    assertThat(read(USUAL, Map.of()).on()).isTrue();
    assertThat(read(USUAL, Map.of(Setting.AUTH, "off")).on()).isFalse();
    assertThat(faults("auth: maybe\n"))
        .containsExactly("tenet.yaml:1:7: auth: \"maybe\" is neither on nor off.");
  }

  @Test
  void addressesThatAreNotEncrypted() throws Exception {
    assertThat(faults(USUAL.replace("https://id.example.com/keys", "http://192.0.2.1/keys")))
        .containsExactly(
            "tenet.yaml:4:9: jwks: \"http://192.0.2.1/keys\" is not encrypted, so that others could put their keys in place of the issuer's; use https.");
    assertThat(faults(USUAL.replace("https://id.example.com/keys", "http://nowhere.invalid/keys")))
        .as("a name that nobody knows")
        .singleElement()
        .asString()
        .endsWith("use https.");
    assertThat(
            read(USUAL.replace("https://id.example.com/keys", "http://127.0.0.1:1/keys"), Map.of())
                .tokens())
        .isPresent();
  }

  @Test
  void allFaultsAtOnceEachWithItsPlace() throws IOException {
    assertThat(
            faults(
                """
                jwt:
                  isuer: a
                  audience: ""
                  jwks: nowhere.json
                  skew: 1h
                  platformWithoutTenant: perhaps
                  algorithms: [RS256, HS256, none, RS25]
                """))
        .containsExactly(
            "tenet.yaml:2:3: \"isuer\" is no key of the tokens. Did you mean \"issuer\"?",
            "tenet.yaml:2:3: jwt: issuer is missing.",
            "tenet.yaml:3:13: audience: there is nothing.",
            "tenet.yaml:4:9: jwks: \"nowhere.json\" is neither an address that begins with https:// nor a file that can be read.",
            "tenet.yaml:5:9: skew: clocks may be 600s apart at most.",
            "tenet.yaml:6:26: Expected platformWithoutTenant as true or false but found \"perhaps\".",
            "tenet.yaml:7:23: algorithms: \"HS256\" is not among RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA. Did you mean ES256?",
            "tenet.yaml:7:30: algorithms: \"none\" is not among RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA.",
            "tenet.yaml:7:36: algorithms: \"RS25\" is not among RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA. Did you mean RS256?");
    assertThat(faults("jwt: {issuer: a, audience: b, jwks: 'https://', algorithms: []}"))
        .hasSize(2);
  }
}
