package dev.tenet.bootstrap.cli;

import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.evaluation.EvaluateFacts.Wanted;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.bootstrap.bundle.Bundle;
import dev.tenet.bootstrap.bundle.BundleLoader;
import dev.tenet.bootstrap.bundle.BundleReader;
import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.InvalidConfiguration;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.extension.ExtensionFolder;
import dev.tenet.bootstrap.extension.Extensions;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.bootstrap.yaml.YamlFault;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import dev.tenet.http.usecase.UseCases;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenet eval`: evaluates facts against a bundle, by the engine of the server and without one.
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Evaluates facts against the rules of a bundle, without a server.",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Exit status: 0 every rule was evaluated, 1 a rule failed, 2 the bundle, the facts or the options make no sense."
    })
final class EvalCommand implements Callable<Integer> {

  private static final int MOST_BUNDLE_FAULTS = 50;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "FILE",
      description = "Schema, derived fields and rules in one YAML file.")
  private String bundle = "";

  @Option(
      names = "--facts",
      required = true,
      paramLabel = "FILE",
      description =
          "Facts in JSON: an object, an array of them, or one on each line; - reads standard input.")
  private String facts = "";

  @Option(
      names = "--json",
      description = "Prints decisions as JSON, as POST /evaluate answers them.")
  private boolean json;

  @Option(
      names = "--trace",
      description = "Shows the value of each sub-expression; for many fact sets with --json only.")
  private boolean trace;

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description = "Evaluates only this rule; may be given several times.")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Evaluates only rules with this tag, or with one of several.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Evaluates only the first N fact sets.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--extensions",
      paramLabel = "DIR",
      description = {
        "Folder of extension jars whose functions the rules call.",
        "[TENET_EXTENSIONS; default none]"
      })
  private @Nullable String extensions;

  EvalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure {
    if (limit < 1) {
      throw CommandFailure.badInput("--limit needs a number from 1, not %d.".formatted(limit));
    }
    FactSets sets = FactSets.read(facts, surroundings.in()).first(limit);
    if (trace && !json && !sets.single()) {
      throw CommandFailure.badInput(
          "--trace of many fact sets is too long for a table. Add --json, or give a single fact set.");
    }
    Bundle read = bundle();
    try (ExtensionFolder folder = extensions()) {
      Extensions loaded = folder.present();
      UseCases useCases =
          TenetComponent.of(Parts.of(OpenStore.of(new InMemoryTenantStore())).with(loaded.parts()))
              .useCases();
      return evaluate(sets, tenant(read, useCases), useCases);
    }
  }

  private ExtensionFolder extensions() throws CommandFailure {
    Map<Setting, String> options =
        extensions == null ? Map.of() : Map.of(Setting.EXTENSIONS, extensions);
    try {
      ExtensionFolder loaded =
          ExtensionFolder.open(
              ConfigurationReader.extensions(options, surroundings.environment()),
              new CelRuleCompiler(Limits.DEFAULT, List.of())::requireFit);
      PrintWriter err = spec.commandLine().getErr();
      loaded
          .present()
          .faults()
          .forEach(fault -> err.println("tenet: Extension left out: " + fault));
      return loaded;
    } catch (InvalidConfiguration e) {
      throw CommandFailure.badInput(e.lines());
    }
  }

  private Bundle bundle() throws CommandFailure {
    String text;
    try {
      text = Files.readString(Path.of(bundle));
    } catch (CharacterCodingException e) {
      throw CommandFailure.badInput("The bundle %s is not in UTF-8.".formatted(bundle));
    } catch (IOException | InvalidPathException e) {
      throw CommandFailure.badInput(
          "The bundle %s cannot be read; --bundle needs a YAML file, such as examples/card-fraud/tenant.yaml."
              .formatted(bundle));
    }
    return switch (BundleReader.read(text)) {
      case BundleReader.Reading.Valid(var valid) -> valid;
      case BundleReader.Reading.Invalid(var faults) -> throw bundleFailure(faults);
    };
  }

  private TenantState tenant(Bundle read, UseCases useCases) throws CommandFailure {
    TenantId tenant =
        switch (BundleLoader.load(read, useCases)) {
          case BundleLoader.Result.Loaded(var id, var warnings) -> {
            PrintWriter err = spec.commandLine().getErr();
            warnings.forEach(warning -> err.println("tenet: Warning: " + warning.in(bundle)));
            yield id;
          }
          case BundleLoader.Result.Refused(var faults) -> throw bundleFailure(faults);
        };
    return switch (useCases.tenants().find().find(tenant)) {
      case ReadResult.Found<TenantState>(var state, _) -> state;
      case ReadResult.NotFound<TenantState> gone -> throw new IllegalStateException(gone.what());
    };
  }

  private CommandFailure bundleFailure(List<YamlFault> faults) {
    StringBuilder message =
        new StringBuilder(
            "The bundle %s has %s.".formatted(bundle, Plural.of(faults.size(), "fault")));
    faults.stream()
        .limit(MOST_BUNDLE_FAULTS)
        .forEach(fault -> message.append(System.lineSeparator()).append(fault.in(bundle)));
    if (faults.size() > MOST_BUNDLE_FAULTS) {
      message.append(System.lineSeparator()).append("...");
    }
    return CommandFailure.badInput(message.toString());
  }

  private Selection selection(TenantState state) throws CommandFailure {
    List<String> active = state.rules().stream().filter(Rule::active).map(Rule::name).toList();
    List<RuleId> ids = new ArrayList<>();
    for (String name : rules) {
      Optional<Rule> rule = state.rules().stream().filter(r -> r.name().equals(name)).findFirst();
      if (rule.isEmpty()) {
        throw CommandFailure.badInput(
            "The bundle has no rule %s.%s"
                .formatted(Quoted.text(name), didYouMean(Spelling.nearest(name, active))));
      }
      if (!rule.get().active()) {
        throw CommandFailure.badInput("The rule %s is not active.".formatted(Quoted.text(name)));
      }
      ids.add(rule.get().id());
    }
    List<String> known = state.rules().stream().flatMap(r -> r.tags().stream()).distinct().toList();
    for (String tag : tags) {
      if (!known.contains(tag)) {
        throw CommandFailure.badInput(
            "No rule of the bundle has the tag %s.%s"
                .formatted(Quoted.text(tag), didYouMean(Spelling.nearest(tag, known))));
      }
    }
    return new Selection(ids, Set.copyOf(tags), false, trace);
  }

  private static String didYouMean(Optional<String> nearest) {
    return nearest.map(name -> " Did you mean %s?".formatted(Quoted.text(name))).orElse("");
  }

  private int evaluate(FactSets sets, TenantState state, UseCases useCases) throws CommandFailure {
    Selection selection = selection(state);
    if (!(useCases.evaluation().evaluate().open(state.id(), Wanted.PRESENT, Requester.UNKNOWN)
        instanceof EvaluateFacts.Result.Opened(var evaluation))) {
      throw new IllegalStateException("a tenant with a schema can be evaluated");
    }
    PrintWriter out = spec.commandLine().getOut();
    DecisionPrinter printer =
        json
            ? new DecisionsAsJson(out, sets.single())
            : sets.single()
                ? new DecisionAsText(out, spec.commandLine().getErr())
                : new DecisionsAsText(out, spec.commandLine().getErr());
    for (Map<?, ?> set : sets.sets()) {
      @SuppressWarnings("unchecked") // the keys of JSON objects are text
      Map<String, ?> raw = (Map<String, ?>) set;
      printer.print(evaluation.evaluate(raw, new Pointer(""), selection));
    }
    return printer.end();
  }
}
