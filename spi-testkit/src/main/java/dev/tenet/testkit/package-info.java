/// With which the author of an extension tests it, without a server.
///
/// - [FunctionTrial] evaluates expressions that call functions, by the engine that the server has.
/// - [FunctionProviderContract] is what every provider of functions promises: a test extends it.
/// - [StoreContract] is what every store promises, a few hundred tests: a test extends it.
///
/// ```java
/// class GeoFunctionsTest extends FunctionProviderContract {
///
///   private final FunctionTrial trial = FunctionTrial.of(new GeoFunctions());
///
///   @Override
///   protected FunctionProvider provider() {
///     return new GeoFunctions();
///   }
///
///   @Test
///   void distanceIsThatOfTheGreatCircle() {
///     assertThat(trial.value("geo.distanceKm(52.52, 13.405, 48.8566, 2.3522) < 900.0")).isEqualTo(true);
///     assertThat(trial.fault("geo.distanceKm(152.52, 0.0, 0.0, 0.0)").code()).isEqualTo("invalid_argument");
///   }
/// }
/// ```
@NullMarked
package dev.tenet.testkit;

import org.jspecify.annotations.NullMarked;
