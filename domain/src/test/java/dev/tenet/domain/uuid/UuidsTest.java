package dev.tenet.domain.uuid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.tenant.TenantId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UuidsTest {

  private static final String TEXT = "123e4567-e89b-12d3-a456-426614174000";

  @Test
  void readsTheCanonicalForm() {
    assertThat(Uuids.parse(TEXT)).contains(UUID.fromString(TEXT));
    assertThat(Uuids.parse("123E4567-E89B-12D3-A456-426614174000")).contains(UUID.fromString(TEXT));
    assertThat(Uuids.parse("00000000-0000-0000-0000-000000000000")).contains(new UUID(0, 0));
    assertThat(Uuids.parse("ffffffff-ffff-ffff-ffff-ffffffffffff")).contains(new UUID(-1, -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acme-corp",
        "1-2-3-4-5",
        "123e4567e89b12d3a456426614174000",
        "{123e4567-e89b-12d3-a456-42661417400}",
        "123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a456-4266141740000",
        "123e4567-e89b-12d3-a456-42661417400g",
        "123e4567-e89b-12d3-a456-42661417400\n",
        " 123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a4564-26614174000",
        "0123e4567-e89b-12d3-a456-42661417400",
        "+23e4567-e89b-12d3-a456-426614174000",
        "１23e4567-e89b-12d3-a456-426614174000",
        "' OR 1=1; DROP TABLE tenants; --xxxx"
      })
  void refusesAnythingElse(String text) {
    assertThat(Uuids.parse(text)).isEmpty();
    assertThat(TenantId.parse(text)).isEmpty();
    assertThat(RuleId.parse(text)).isEmpty();
    assertThat(DerivedFieldId.parse(text)).isEmpty();
    assertThat(SchemaId.parse(text)).isEmpty();
    assertThat(DecisionId.parse(text)).isEmpty();
  }

  @Test
  void idsShowAndReadThemselves() {
    assertThat(TenantId.parse(TEXT).orElseThrow()).hasToString(TEXT);
    assertThat(RuleId.parse(TEXT).orElseThrow()).hasToString(TEXT);
    assertThat(DerivedFieldId.parse(TEXT).orElseThrow()).hasToString(TEXT);
    assertThat(SchemaId.parse(TEXT).orElseThrow()).hasToString(TEXT);
    assertThat(DecisionId.parse(TEXT).orElseThrow()).hasToString(TEXT);
  }
}
