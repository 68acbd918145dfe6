package dev.tenet.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/// Runs commands in this process, as a user would.
record Tenet(int status, String out, String err) {

  static Tenet run(String... arguments) {
    return run(Map.of(), "", arguments);
  }

  static Tenet run(Map<String, String> environment, String in, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        TenetCommand.commandLine(
                new Surroundings(environment, new ByteArrayInputStream(in.getBytes(UTF_8))),
                new PrintWriter(out),
                new PrintWriter(err))
            .execute(arguments);
    return new Tenet(status, out.toString(), err.toString());
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
