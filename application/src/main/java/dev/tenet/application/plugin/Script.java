package dev.tenet.application.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.InstalledPlugin.HostCapability;
import dev.tenet.domain.plugin.ManifestReader;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A script as its author wrote it.
///
/// @param functions from the names of its functions to what a manifest says of one, as a plain JSON value
/// @param calls the plugins, or modules of plugins, that it calls
public record Script(String name, String source, @Nullable Object functions, List<String> calls) {

  /// The longest script, in bytes of UTF-8.
  public static final int LONGEST = 64 << 10;

  public Script {
    calls = List.copyOf(calls);
  }

  /// {@return the contracts of its functions; none when it has faults, which are added}
  List<FunctionContract> contracts(List<Diagnostic> faults) {
    int length = code().length;
    if (source.isBlank() || length > LONGEST) {
      faults.add(
          Diagnostic.error(
              "script_source_invalid",
              Location.field("source"),
              "The source of a script has 1 to %d bytes in UTF-8, not %d."
                  .formatted(LONGEST, length)));
    }
    return switch (ManifestReader.script(name, functions)) {
      case ManifestReader.Functions.Valid(var contracts) -> contracts;
      case ManifestReader.Functions.Invalid(var diagnostics) -> {
        faults.addAll(diagnostics);
        yield List.of();
      }
    };
  }

  /// {@return what is wrong with functions that it says it has, and does not export}
  static List<Diagnostic> notExported(List<FunctionContract> functions, Guest guest) {
    return functions.stream()
        .map(FunctionContract::name)
        .filter(function -> !guest.answers(function.action()))
        .map(
            function ->
                Diagnostic.error(
                    "script_function_missing",
                    Location.field("functions." + function.function()),
                    "The source exports no function %1$s: write \"export function %1$s(input) { … }\" in it, or leave %1$s out of \"functions\"."
                        .formatted(function.function())))
        .toList();
  }

  byte[] code() {
    return source.getBytes(UTF_8);
  }

  /// {@return what a tenant that has it has}
  InstalledPlugin installed(String version, List<FunctionContract> contracts) {
    return new InstalledPlugin(
        InstalledPlugin.ofScript(name),
        version,
        Sha256.of(code()),
        contracts,
        calls,
        List.of(),
        EnumSet.allOf(HostCapability.class),
        null);
  }

  /// {@return what is kept of it besides its code}
  Map<String, @Nullable Object> manifest() {
    Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
    manifest.put("functions", functions);
    manifest.put("calls", calls);
    return manifest;
  }
}
