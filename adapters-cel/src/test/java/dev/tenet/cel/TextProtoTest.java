package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextProtoTest {

  @Test
  void fieldsAreRead() {
    TextProto.Message message =
        TextProto.parse(
            """
            # a comment
            name: "a" 'b\\x63'  # two strings are one
            flag: true; numbers: [1, -2.5e3]
            inner { text: "\\"#\\"" } inner: {},
            any { [type.googleapis.com/google.protobuf.Duration] { seconds: 5 } }
            """);
    assertThat(message.text("name")).isEqualTo("abc");
    assertThat(message.isTrue("flag")).isTrue();
    assertThat(message.fields()).filteredOn(field -> field.name().equals("numbers")).hasSize(2);
    assertThat(message.text("numbers")).isEqualTo("-2.5e3");
    assertThat(message.all("inner")).hasSize(2);
    assertThat(message.all("inner").getFirst().text("text")).isEqualTo("\"#\"");
    assertThat(message.message("any").orElseThrow().fields().getFirst().name())
        .isEqualTo("[type.googleapis.com/google.protobuf.Duration]");
  }

  @Test
  void bytesNeedNotBeText() {
    TextProto.Message message = TextProto.parse("bytes: \"\\377\\x00\"");
    assertThat(message.fields().getFirst().value())
        .isInstanceOfSatisfying(
            TextProto.Scalar.class,
            scalar -> assertThat(scalar.bytes().toByteArray()).containsExactly(0xff, 0));
  }

  @Test
  void aTextThatEndsTooEarlyIsRefused() {
    assertThatThrownBy(() -> TextProto.parse("inner { name: 'a'"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
