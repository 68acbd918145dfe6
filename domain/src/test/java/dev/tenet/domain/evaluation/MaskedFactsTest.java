package dev.tenet.domain.evaluation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.FieldType.ListOf;
import dev.tenet.domain.schema.FieldType.MapOf;
import dev.tenet.domain.schema.FieldType.ObjectOf;
import dev.tenet.domain.schema.FieldType.Scalar;
import dev.tenet.domain.schema.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MaskedFactsTest {

  private static final String SECRET = "4111-planted-secret";

  private static ObjectOf object(Field... fields) {
    Map<String, Field> byName = new LinkedHashMap<>();
    Arrays.asList(fields).forEach(field -> byName.put(field.name(), field));
    return new ObjectOf(byName);
  }

  private static Field plain(String name, FieldType type) {
    return new Field(name, type, false, "", false);
  }

  private static Field secret(String name, FieldType type) {
    return new Field(name, type, false, "", true);
  }

  private static final ObjectOf CARD =
      object(secret("Number", Scalar.STRING), plain("Brand", Scalar.STRING));

  private static final FactLayout LAYOUT =
      new FactLayout(
          new Schema(
              Map.of(
                  "User",
                  object(
                      plain("Age", Scalar.INT),
                      secret("Pin", Scalar.INT),
                      secret("Score", Scalar.FLOAT64),
                      secret("Known", Scalar.BOOL),
                      secret("Profile", object(plain("Email", Scalar.STRING))),
                      secret("Names", new MapOf(Scalar.STRING)),
                      secret("Anything", new FieldType.Dyn()),
                      plain("Card", CARD),
                      plain("Cards", new ListOf(CARD)),
                      plain("ByName", new MapOf(CARD)),
                      plain("At", Scalar.TIMESTAMP),
                      plain("For", Scalar.DURATION),
                      plain("Raw", Scalar.BYTES),
                      plain("Numbers", new ListOf(Scalar.INT)),
                      plain("Shares", new ListOf(Scalar.FLOAT64)),
                      plain("Free", new FieldType.Dyn())))),
          Map.of("isKnown", Scalar.BOOL, "nickname", Scalar.STRING));

  private static Facts read(Map<String, ?> raw) {
    if (FactReader.read(LAYOUT, raw, Location.root())
        instanceof FactReader.Reading.Valid(var facts)) {
      return facts;
    }
    throw new AssertionError("not valid: " + raw);
  }

  private static Map<String, Object> everything() {
    Map<String, Object> card = Map.of("Number", SECRET, "Brand", "visa");
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("Age", 25L);
    user.put("Pin", 4_711L);
    user.put("Score", 0.815);
    user.put("Known", true);
    user.put("Profile", Map.of("Email", SECRET));
    user.put("Names", Map.of(SECRET, SECRET));
    user.put("Anything", List.of(SECRET));
    user.put("Card", card);
    user.put("Cards", List.of(card, card));
    user.put("ByName", Map.of("first", card));
    user.put("At", "2026-01-31T08:30:00.5+02:00");
    user.put("For", "1h30m");
    user.put("Raw", "AQID");
    user.put("Numbers", List.of(1L, 2L));
    user.put("Shares", List.of(0.5, 1.0));
    user.put("Free", Map.of("a", List.of(1L, 2.0, "x", true)));
    return Map.of("User", user, "isKnown", true, "nickname", SECRET);
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, @Nullable Object> user(Map<String, ? extends @Nullable Object> facts) {
    return (Map<String, @Nullable Object>) requireNonNull(facts.get("User"));
  }

  @Test
  void nothingSensitiveIsLeftAndWhatWasMaskedIsNamed() {
    MaskedFacts masked = MaskedFacts.of(read(everything()), Set.of("nickname"));

    assertThat(masked.toString()).doesNotContain(SECRET, "4711", "0.815");
    assertThat(masked.masked())
        .containsExactly(
            "User.Anything",
            "User.ByName[].Number",
            "User.Card.Number",
            "User.Cards[].Number",
            "User.Known",
            "User.Names",
            "User.Pin",
            "User.Profile",
            "User.Score",
            "nickname");
    assertThat(masked.values())
        .containsEntry("isKnown", true)
        .containsEntry("nickname", MaskedFacts.MASK);
    assertThat(user(masked.values()))
        .containsEntry("Age", 25L)
        .containsEntry("Pin", "***")
        .containsEntry("Profile", "***")
        .containsEntry("Card", Map.of("Number", "***", "Brand", "visa"))
        .containsEntry("At", "2026-01-31T06:30:00.500Z")
        .containsEntry("For", "5400s")
        .containsEntry("Raw", "AQID");
  }

  @Test
  void factsWithoutAnythingSensitiveAreReadAgainAsTheyWere() {
    Map<String, Object> user = new LinkedHashMap<>();
    for (String name : List.of("Age", "At", "For", "Raw", "Numbers", "Shares", "Free")) {
      user.put(
          name, ((Map<?, ?>) java.util.Objects.requireNonNull(everything().get("User"))).get(name));
    }
    user.put("Cards", List.of(Map.of("Brand", "visa")));
    Facts facts = read(Map.of("User", user, "isKnown", false));
    MaskedFacts masked = MaskedFacts.of(facts, Set.of());

    assertThat(masked.masked()).isEmpty();
    assertThat(read(masked.unmasked(LAYOUT, Set.of()))).isEqualTo(facts);
  }

  @Test
  void whatWasMaskedIsMissingWhenTheFactsAreReadAgain() {
    MaskedFacts masked = MaskedFacts.of(read(everything()), Set.of("nickname"));

    Facts left = read(masked.unmasked(LAYOUT, Set.of("nickname")));

    assertThat(left.objects().get("User"))
        .isNotNull()
        .containsKeys("Age", "Card", "Cards", "ByName")
        .doesNotContainKeys("Pin", "Score", "Known", "Profile", "Names", "Anything");
    assertThat(left.objects().toString()).doesNotContain(MaskedFacts.MASK);
    assertThat(left.supplied()).containsOnlyKeys("isKnown");
  }

  @Test
  void valuesAreAsJsonHasThem() {
    assertThat(JsonValues.of(Double.NaN)).isEqualTo("NaN");
    assertThat(JsonValues.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    assertThat(JsonValues.of(Duration.ofMillis(-250))).isEqualTo("-0.25s");
    assertThat(JsonValues.of(List.of(Instant.EPOCH, Bytes.of(new byte[] {1}))))
        .isEqualTo(List.of("1970-01-01T00:00:00Z", "AQ=="));
    assertThat(JsonValues.of(null)).isNull();
  }

  @Test
  void outputsOfSensitiveFieldsAreMaskedUnlessTheyAreTrueOrFalse() {
    var rule = new RuleId(new UUID(1, 1));
    var other = new RuleId(new UUID(1, 2));
    var secrets =
        new Secrets(
            Set.of(),
            Map.of(
                rule,
                new Secrets.OfRule(Set.of("User.Card.Number", "User.Profile"), Set.of("a", "b"))));
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    outputs.put("a", SECRET);
    outputs.put("b", true);
    outputs.put("c", Duration.ofSeconds(1));
    var trace = new Trace(Map.of("x", SECRET), List.of(), null);

    List<RuleOutcome> masked =
        secrets.mask(
            List.of(
                new RuleOutcome(rule, "one", true, null, outputs, trace),
                new RuleOutcome(other, "two", true, null, Map.of("a", "open"), null)));

    Map<String, @Nullable Object> expected = new LinkedHashMap<>();
    expected.put("a", "***");
    expected.put("b", true);
    expected.put("c", "1s");
    assertThat(masked.getFirst().outputs()).isEqualTo(expected);
    assertThat(masked.getFirst().trace()).isNull();
    assertThat(masked.getLast().outputs()).containsEntry("a", "open");
    assertThat(secrets.read(rule, List.of("User.Card.Number", "User.Cards[].Number", "User.Pin")))
        .containsExactly("User.Card.Number");
    assertThat(secrets.read(rule, List.of("User.Profile"))).hasSize(1);
    assertThat(secrets.read(other, List.of("User.Profile"))).isEmpty();
  }
}
