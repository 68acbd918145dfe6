package dev.tenet.example.geo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.spi.FunctionProvider;
import dev.tenet.testkit.FunctionProviderContract;
import dev.tenet.testkit.FunctionTrial;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The functions in expressions.
class GeoFunctionsTest extends FunctionProviderContract {

  private final FunctionTrial trial = FunctionTrial.of(new GeoFunctions());

  @Override
  protected FunctionProvider provider() {
    return new GeoFunctions();
  }

  @Test
  void distanceIsThatBetweenTwoPlaces() {
    assertThat(trial.value("math.round(geo.distanceKm(52.52, 13.405, 48.8566, 2.3522))"))
        .isEqualTo(877.0);
  }

  @Test
  void placesMayBeFacts() {
    Map<String, ?> schema = Map.of("Order", Map.of("Lat", "float64", "Lon", "float64"));
    Map<String, ?> facts = Map.of("Order", Map.of("Lat", 50.0, "Lon", 8.0));

    assertThat(
            trial
                .with(schema, facts)
                .value("geo.inBox(Order.Lat, Order.Lon, 47.2, 5.8, 55.1, 15.1)"))
        .isEqualTo(true);
  }

  @Test
  void anImpossiblePlaceIsTheFaultOfTheRule() {
    assertThat(trial.fault("geo.distanceKm(152.52, 13.4, 0.0, 0.0)"))
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo("invalid_argument");
              assertThat(fault.message())
                  .isEqualTo("geo.distanceKm: a latitude is from -90 to 90 degrees, not 152.52");
            });
  }

  @Test
  void degreesAreFloats() {
    assertThat(trial.errors("geo.distanceKm(52, 13, 48, 2)")).hasSize(1);
  }
}
