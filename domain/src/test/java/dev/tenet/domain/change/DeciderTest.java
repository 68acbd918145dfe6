package dev.tenet.domain.change;

import static dev.tenet.domain.change.Samples.NOW;
import static dev.tenet.domain.change.Samples.TENANT;
import static dev.tenet.domain.change.Samples.field;
import static dev.tenet.domain.change.Samples.state;
import static dev.tenet.domain.change.Samples.version;
import static dev.tenet.domain.change.Samples.withoutSchema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.Rejection.Reason;
import dev.tenet.domain.governance.PolicyList;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tenants and schemas.
final class DeciderTest {

  private static final Decider DECIDER = new Decider(Limits.DEFAULT);
  private static final SchemaId SCHEMA_ID = new SchemaId(new UUID(9, 9));

  private static Change accepted(TenantState state, Command command) {
    return Decisions.accepted(DECIDER.decide(state, command, NOW));
  }

  private static Rejection rejected(TenantState state, Command command) {
    return Decisions.rejected(DECIDER.decide(state, command, NOW));
  }

  private static Command define(@Nullable Object definition, Precondition when) {
    return new Command.DefineSchema(SCHEMA_ID, definition, when, false);
  }

  @Test
  void createsTenants() {
    assertThat(Decisions.accepted(DECIDER.create(TENANT)))
        .isEqualTo(new Change.TenantCreated(TENANT));
    assertThat(Decisions.rejected(DECIDER.create(TENANT.rename("", NOW))).code())
        .isEqualTo("name_required");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 254, 255})
  void takesTenantNamesUpTo255Characters(int length) {
    String name = "🦄".repeat(length);

    assertThat(accepted(state(), new Command.RenameTenant(name)))
        .isEqualTo(new Change.TenantRenamed(TENANT.rename(name, NOW)));
  }

  @Test
  void refusesOtherTenantNames() {
    for (String blank : new String[] {"", " ", "\n", "\u2003", "\u00a0\u202f"}) {
      Rejection rejection = rejected(state(), new Command.RenameTenant(blank));
      assertThat(rejection.code()).isEqualTo("name_required");
      assertThat(rejection.message()).isEqualTo("The name is required.");
      assertThat(rejection.reason()).isEqualTo(Reason.INVALID);
    }
    assertThat(rejected(state(), new Command.RenameTenant("n".repeat(256))).code())
        .isEqualTo("name_too_long");
    for (int hidden : new int[] {0, 0x7f, 0x200b, 0x202e, 0x2028, 0xd800, 0xe0041}) {
      Rejection rejection =
          rejected(state(), new Command.RenameTenant("a" + Character.toString(hidden)));
      assertThat(rejection.code()).isEqualTo("name_invalid");
      assertThat(rejection.message()).contains("U+%04X ".formatted(hidden));
    }
    assertThat(rejected(state(), new Command.RenameTenant("\u200b")).code())
        .isEqualTo("name_invalid");
  }

  @Test
  void entriesOfSettingsMustBePrintableWhenTheyAreSet() {
    var metadata = new SettingsPatch.MetadataRevision(Map.of("owner", "a\u202eb"));
    var policy = new SettingsPatch.PolicyRevision(Map.of(PolicyList.MODELS, List.of("a\u200bb")));
    assertThat(rejected(state(), new Command.GovernTenant(metadata)).message())
        .isEqualTo("metadata has the entry \"a\\u202eb\"; use at most 255 printable characters.");
    assertThat(rejected(state(), new Command.GovernTenant(policy)).code())
        .isEqualTo("entry_invalid");
    Tenant old =
        TENANT.govern(
            metadata.apply(policy.apply(TENANT.settings())), NOW); // taken before that was a rule
    var state = new TenantState(old, 1, null, 0, List.of(), List.of());
    assertThat(accepted(state, new Command.GovernTenant(new SettingsPatch.Suspension(true))))
        .isInstanceOf(Change.TenantGoverned.class);
  }

  @Test
  void deletesTenants() {
    assertThat(accepted(withoutSchema(), new Command.DeleteTenant()))
        .isEqualTo(new Change.TenantDeleted());
  }

  @Test
  void definesTheFirstSchemaAsVersion1() {
    Schema schema = Samples.schema("User");

    for (Precondition when : Precondition.values()) {
      assertThat(accepted(withoutSchema(), define(schema.definition(), when)))
          .isEqualTo(new Change.SchemaDefined(new SchemaVersion(SCHEMA_ID, 1, schema, NOW), 0));
    }
  }

  @Test
  void definesTheNextVersionAfterTheHighestAlsoAfterARollback() {
    var state =
        new TenantState(TENANT, 9, version(1, "User"), 5, state().derivedFields(), state().rules());

    assertThat(accepted(state, define(Samples.schema("Card").definition(), Precondition.ANY)))
        .isEqualTo(
            new Change.SchemaDefined(
                new SchemaVersion(SCHEMA_ID, 6, Samples.schema("Card"), NOW), 0));
  }

  @Test
  void refusesASecondFirstSchemaEvenIfItIsFaulty() {
    for (Object definition : new Object[] {Map.of(), Samples.schema("User").definition()}) {
      Rejection rejection = rejected(state(), define(definition, Precondition.FIRST));

      assertThat(rejection.reason()).isEqualTo(Reason.CONFLICT);
      assertThat(rejection.code()).isEqualTo("schema_exists");
      assertThat(rejection.message()).contains("version 1").contains("PUT");
    }
  }

  @Test
  void refusesAFaultySchemaWithAllItsFaults() {
    Rejection rejection =
        rejected(state(), define(Map.of("in", Map.of("1", "money")), Precondition.ANY));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID);
    assertThat(rejection.code()).isEqualTo("identifier_reserved");
    assertThat(rejection.diagnostics()).hasSize(3);
    assertThat(rejected(state(), define(null, Precondition.ANY)).code())
        .isEqualTo("definition_required");
  }

  @Test
  void refusesASchemaWithAnObjectNamedLikeADerivedField() {
    Rejection rejection =
        rejected(
            state(field(1, "Card")),
            define(Samples.schema("User", "Card").definition(), Precondition.ANY));

    assertThat(rejection.reason()).isEqualTo(Reason.CONFLICT);
    assertThat(rejection.code()).isEqualTo("name_taken");
    assertThat(rejection.message()).contains("\"Card\"");
    assertThat(
            rejected(state(field(1, "Card")), new Command.ActivateSchema(version(1, "Card"), false))
                .code())
        .isEqualTo("name_taken");
  }

  @Test
  void activatesAnOlderVersion() {
    assertThat(accepted(state(), new Command.ActivateSchema(version(1, "Old"), true)))
        .isEqualTo(new Change.SchemaActivated(version(1, "Old"), 1, 0));
  }

  @Test
  void anActivationIsARollbackWhenTheVersionIsOlder() {
    assertThat(new Change.SchemaActivated(version(1, "Old"), 2, 0).kind()).isEqualTo("rolled_back");
    assertThat(new Change.SchemaActivated(version(3, "New"), 2, 0).kind()).isEqualTo("updated");
    var nowhere = Samples.entry(8, new Change.SchemaActivated(version(2, "Same"), 2, 0));
    assertThat(nowhere.schemaChange()).isEmpty();
  }

  @Test
  void activatingReadsTheDefinitionAgain() {
    Rejection rejection = rejected(state(), new Command.ActivateSchema(version(1, "while"), false));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID);
    assertThat(rejection.code()).isEqualTo("identifier_reserved");
  }
}
