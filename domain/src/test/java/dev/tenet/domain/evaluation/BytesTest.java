package dev.tenet.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BytesTest {

  @Test
  void neverChange() {
    byte[] array = {1, 2};
    Bytes bytes = Bytes.of(array);
    array[0] = 9;
    bytes.toByteArray()[1] = 9;

    assertThat(bytes.toByteArray()).containsExactly(1, 2);
  }

  @Test
  void areEqualByTheirContent() {
    assertThat(Bytes.of(new byte[] {1})).isEqualTo(Bytes.ofBase64("AQ=="));
    assertThat(Bytes.of(new byte[] {1})).hasSameHashCodeAs(Bytes.ofBase64("AQ"));
    assertThat(Bytes.of(new byte[] {1})).isNotEqualTo(Bytes.of(new byte[] {2}));
    assertThat(Bytes.of(new byte[] {1, -1})).hasToString("01ff");
    assertThat(Bytes.of(new byte[] {-5, -1}).toBase64()).isEqualTo("+/8=");
    assertThatThrownBy(() -> Bytes.ofBase64("?")).isInstanceOf(IllegalArgumentException.class);
  }
}
