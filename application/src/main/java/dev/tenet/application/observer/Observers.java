package dev.tenet.application.observer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

/// Those who are told what happens, or asked before it does. What one of them throws is logged and counted; one that fails
/// when it is told keeps nobody else from being told.
///
/// @param <O> one of them
public final class Observers<O> {

  private static final Logger LOG = System.getLogger(Observers.class.getName());

  private volatile List<O> observers;
  private final LongAdder failures = new LongAdder();

  public Observers(List<? extends O> observers) {
    this.observers = List.copyOf(observers);
  }

  /// Tells and asks others from now on.
  public void replace(List<? extends O> others) {
    observers = List.copyOf(others);
  }

  /// Tells each of them.
  public void tell(Consumer<? super O> news) {
    for (O observer : observers) {
      try {
        news.accept(observer);
      } catch (RuntimeException | Error e) {
        failed(observer, e);
      }
    }
  }

  /// {@return what the first says who says anything}
  ///
  /// @param failed what one has said that fails
  public <A> Optional<A> ask(Function<? super O, Optional<A>> question, A failed) {
    for (O observer : observers) {
      Optional<A> said = asked(observer, question, failed);
      if (said.isPresent()) {
        return said;
      }
    }
    return Optional.empty();
  }

  private <A> Optional<A> asked(O observer, Function<? super O, Optional<A>> question, A failed) {
    try {
      return Objects.requireNonNull(question.apply(observer), "it gives null");
    } catch (RuntimeException | Error e) {
      failed(observer, e);
      return Optional.of(failed);
    }
  }

  private void failed(O observer, Throwable e) {
    failures.increment();
    LOG.log(Level.WARNING, () -> "observer " + observer.getClass().getName() + " failed", e);
  }

  /// {@return how often one has failed}
  public long failures() {
    return failures.sum();
  }
}
