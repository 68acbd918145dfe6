package dev.tenet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.spi.Function;
import dev.tenet.spi.FunctionProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/// What every provider of functions promises. The provider's own test extends this class.
public abstract class FunctionProviderContract {

  /// {@return a new provider}
  protected abstract FunctionProvider provider();

  @Test
  final void theProviderIsNamedInMetaInfServices() {
    assertThat(ServiceLoader.load(FunctionProvider.class).stream())
        .as("META-INF/services/" + FunctionProvider.class.getName())
        .extracting(found -> found.type().getName())
        .contains(provider().getClass().getName());
  }

  @Test
  final void theProviderHasAName() {
    assertThat(provider().name()).isNotBlank();
  }

  @Test
  final void theFunctionsFitWithThoseOfTenet() {
    List<Function> functions = provider().functions();

    assertThat(functions).isNotEmpty();
    assertThatCode(() -> new CelRuleCompiler(Limits.DEFAULT, functions)).doesNotThrowAnyException();
  }
}
