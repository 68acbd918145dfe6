package dev.tenet.application.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Does not go on with one tenant until told.
final class SlowCompiler implements RuleCompiler {
  private final RuleCompiler compiler;
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicReference<@Nullable TenantId> tenant = new AtomicReference<>();

  SlowCompiler(RuleCompiler compiler) {
    this.compiler = compiler;
  }

  void hold(TenantId slowTenant) {
    tenant.set(slowTenant);
  }

  void awaitHeld() {
    await(held);
  }

  void release() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Compilation compile(TenantState state) {
    if (state.id().equals(tenant.get())) {
      held.countDown();
      await(released);
    }
    return compiler.compile(state);
  }

  @Override
  public Check check(TenantState state, Expression expression) {
    return compiler.check(state, expression);
  }
}
