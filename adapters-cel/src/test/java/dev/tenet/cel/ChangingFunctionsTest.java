package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.schema.FieldType.Scalar;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.spi.Function;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A compiler whose functions change while it is used.
class ChangingFunctionsTest {

  private static final Map<String, ?> FACTS = Map.of("User", Map.of("Age", 7L));

  private final CelRuleCompiler compiler = new CelRuleCompiler(Limits.DEFAULT, List.of(adding(1)));
  private final Bench bench =
      new Bench(compiler, Bench.SCHEMA)
          .derived("more", "acme.add(User.Age)")
          .rule("grown", "more > 7")
          .rule("old", "User.Age > 3");

  private static Function adding(long number) {
    return new Function(
        "acme.add",
        List.of(Scalar.INT),
        Scalar.INT,
        1,
        arguments -> (Long) arguments.getFirst() + number);
  }

  private static Function named(String name) {
    return new Function(name, List.of(), Scalar.INT, 1, arguments -> 1L);
  }

  private List<String> matched(Compilation compilation) {
    return compilation
        .ruleSet()
        .evaluate(bench.facts(FACTS), Selection.ALL, Bench.NOW)
        .outcomes()
        .stream()
        .filter(outcome -> outcome.matched())
        .map(outcome -> outcome.ruleName())
        .toList();
  }

  private Compilation again(Compilation before) {
    return compiler.compile(bench.state(), before.ruleSet());
  }

  @Test
  void aRuleSetKeepsTheFunctionsThatItWasCompiledWith() {
    Compilation before = bench.compile();

    compiler.functions(List.of(adding(-1)));

    assertThat(matched(before)).containsExactly("grown", "old");
    assertThat(compiler.isOutdated(before.ruleSet())).isTrue();
    Compilation after = again(before);
    assertThat(matched(after)).containsExactly("old");
    assertThat(compiler.isOutdated(after.ruleSet())).isFalse();
  }

  @Test
  void whatUsedAVanishedFunctionIsFaultyUntilItReturns() {
    Compilation before = bench.compile();

    compiler.functions(List.of());

    Compilation without = again(before);
    assertThat(matched(without)).containsExactly("old");
    assertThat(without.verdict().derivedFaults().values())
        .singleElement()
        .satisfies(
            faults ->
                assertThat(faults)
                    .extracting(Diagnostic::code)
                    .containsExactly("unknown_function"));
    assertThat(without.verdict().ruleFaults()).containsOnlyKeys(Bench.id("grown"));

    compiler.functions(List.of(adding(1)));

    Compilation returned = again(without);
    assertThat(matched(returned)).containsExactly("grown", "old");
    assertThat(returned.verdict().ruleFaults()).isEmpty();
  }

  @Test
  void aFunctionWhoseNamespaceIsGoneIsOneFaultWithItsWholeName() {
    for (String function : List.of("acme.add", "plugin.pricing.tax.rate")) {
      assertThat(new Bench().check("1 + " + function + "(User.Age) > 3").diagnostics())
          .singleElement()
          .satisfies(
              fault -> {
                assertThat(fault.code()).isEqualTo("unknown_function");
                assertThat(fault.message())
                    .isEqualTo("There is no function \"%s\".".formatted(function));
                assertThat(fault.location())
                    .isEqualTo(new Location.Span("expression", 4, function.length(), 1, 5));
              });
    }
    assertThat(new Bench().check("Usr.startsWith('a')").diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("unknown_name");
  }

  @Test
  void theSameFunctionsChangeNothing() {
    Function adding = adding(1);
    compiler.functions(List.of(adding));
    Compilation before = compiler.compile(bench.state());

    compiler.functions(List.of(adding));

    assertThat(compiler.isOutdated(before.ruleSet())).isFalse();
  }

  @Test
  void functionsThatClashAreRefusedAndTheOldOnesStay() {
    Compilation before = bench.compile();

    assertThatThrownBy(() -> compiler.functions(List.of(named("size"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an extension's function has the name of a built-in function: size");
    assertThatThrownBy(() -> compiler.functions(List.of(named("a"), named("a"))))
        .hasMessage("two extensions have a function of the same name: a");

    assertThat(compiler.isOutdated(before.ruleSet())).isFalse();
    assertThat(again(before).verdict().ruleFaults()).isEmpty();
  }

  @Test
  void aToolchainIsExtendedByFurtherFunctions() {
    Toolchain all = Toolchain.standard(Limits.DEFAULT).with(List.of(SpiFunctions.added(adding(1))));
    Toolchain ofOne = all.with(List.of(SpiFunctions.added(named("acme.one"))));
    Bench both = new Bench(compiler, Bench.SCHEMA).rule("r", "acme.add(acme.one()) == 2");

    assertThat(ofOne.compile(both.state(), Optional.empty()).verdict().ruleFaults()).isEmpty();
    assertThat(all.compile(both.state(), Optional.empty()).verdict().ruleFaults()).hasSize(1);
    assertThatThrownBy(() -> ofOne.with(List.of(SpiFunctions.added(named("acme.add")))))
        .hasMessage("two extensions have a function of the same name: acme.add");
  }
}
