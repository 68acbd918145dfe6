package dev.tenet.application.evaluation;

import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A tenant's definitions at one revision, compiled, and when they were last known to be the present ones.
public final class InForce {

  private static final long BYTES_PER_TENANT = 20_000;
  private static final long BYTES_PER_EXPRESSION = 2_000;
  private static final long BYTES_PER_CHARACTER = 50;

  /// Of both of a rule's recurring outcomes, with their bytes.
  private static final long BYTES_OF_OUTCOMES = 400;

  private final TenantState state;
  private final Compilation compilation;
  private volatile long confirmed;

  /// Made when somebody first asks for it.
  private volatile @Nullable TenantState seen;

  /// @param confirmed a moment at which these were the present definitions, as `System.nanoTime()` gives it
  InForce(TenantState state, Compilation compilation, long confirmed) {
    this.state = state;
    this.compilation = compilation;
    this.confirmed = confirmed;
  }

  /// {@return the definitions}
  public TenantState state() {
    return state;
  }

  /// {@return the definitions as this node sees them: what its compiler refuses is broken, and what it accepts is not, whatever was
  /// stored}
  ///
  /// That differs when the compiler has other functions than at the last change of the tenant.
  public TenantState seen() {
    TenantState known = seen;
    if (known == null) {
      known = compilation.verdict().seenOn(state);
      seen = known;
    }
    return known;
  }

  /// {@return the same definitions, compiled anew}
  InForce compiled(Compilation anew) {
    return new InForce(state, anew, confirmed);
  }

  /// {@return what compiling them gave}
  public Compilation compilation() {
    return compilation;
  }

  /// {@return the revision of the definitions}
  public long revision() {
    return state.revision();
  }

  /// Notes that these were the present definitions at a moment.
  void confirm(long moment) {
    if (moment - confirmed > 0) {
      confirmed = moment;
    }
  }

  /// {@return how long ago these were last known to be the present definitions}
  Duration age() {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - confirmed));
  }

  /// {@return about how much memory these take, in bytes}
  long weight() {
    long weight = BYTES_PER_TENANT;
    for (Rule rule : state.rules()) {
      weight += BYTES_OF_OUTCOMES + 2L * rule.name().length() + weight(rule.expression());
      for (Expression output : rule.then().values()) {
        weight += weight(output);
      }
    }
    for (DerivedField field : state.derivedFields()) {
      weight += weight(field.expression());
    }
    return weight;
  }

  private static long weight(Expression expression) {
    return BYTES_PER_EXPRESSION + BYTES_PER_CHARACTER * expression.text().length();
  }
}
