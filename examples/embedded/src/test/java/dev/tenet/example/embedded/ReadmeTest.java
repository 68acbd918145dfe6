package dev.tenet.example.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The README shows the program as it is, and what it prints.
final class ReadmeTest {

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  @Test
  void showsTheProgram() throws IOException {
    Path source = Path.of("src/main/java", Checkout.class.getName().replace('.', '/') + ".java");

    assertThat(block("java")).isEqualTo(Files.readString(source));
  }

  @Test
  void showsWhatTheProgramPrints() throws IOException {
    var printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Checkout.main(new String[0]);
    } finally {
      System.setOut(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(block("text"));
  }

  @Test
  void namesTheDependencyOfThisModule() throws IOException {
    String declared = block("xml").replaceAll("<version>.*</version>|\\s", "");
    String module =
        Files.readString(Path.of("pom.xml")).replaceAll("<version>.*</version>|\\s", "");

    assertThat(module).contains(declared);
  }
}
