package dev.tenet.benchmark.contestant;

import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/// Drools' decisions: one session that is kept; facts go in, rules fire, facts go out.
final class DroolsDecisions implements Decisions {

  private static final String HEADER =
      """
      package benchmark;
      import dev.tenet.benchmark.rules.User;
      import dev.tenet.benchmark.rules.Transaction;
      global java.util.List matches;

      """;

  /// Tells of every set of rules that it compiles; kept here because loggers are forgotten.
  private static final Logger QUIET = Logger.getLogger("org.drools");

  private final KieContainer container;
  private final KieSession session;
  private final List<String> fired = new ArrayList<>();
  private final Map<String, Integer> order = new HashMap<>();
  private final Sample[] samples;

  private DroolsDecisions(
      KieContainer container, KieSession session, List<GeneratedRule> rules, Sample[] samples) {
    this.container = container;
    this.session = session;
    this.samples = samples;
    for (GeneratedRule rule : rules) {
      order.put(rule.name(), order.size());
    }
    session.setGlobal("matches", fired);
  }

  static DroolsDecisions prepare(List<GeneratedRule> rules, List<Sample> samples) {
    QUIET.setLevel(Level.WARNING);
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    files.write(
        "src/main/resources/benchmark/rules.drl",
        rules.stream().map(GeneratedRule::drools).collect(Collectors.joining("\n", HEADER, "")));
    KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
    if (builder.getResults().hasMessages(Message.Level.ERROR)) {
      throw new IllegalStateException(
          builder.getResults().getMessages(Message.Level.ERROR).getFirst().getText());
    }
    KieContainer container =
        services.newKieContainer(services.getRepository().getDefaultReleaseId());
    return new DroolsDecisions(
        container, container.newKieSession(), rules, samples.toArray(Sample[]::new));
  }

  @Override
  public List<String> decide(int sample) {
    fired.clear();
    FactHandle user = session.insert(samples[sample].user());
    FactHandle transaction = session.insert(samples[sample].transaction());
    session.fireAllRules();
    session.delete(transaction);
    session.delete(user);
    return fired;
  }

  @Override
  public List<String> matches(int sample) {
    return decide(sample).stream().sorted(Comparator.comparing(order::get)).toList();
  }

  @Override
  public void close() {
    session.dispose();
    container.dispose();
  }
}
