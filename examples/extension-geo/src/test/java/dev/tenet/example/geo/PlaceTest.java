package dev.tenet.example.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlaceTest {

  private static final Place BERLIN = new Place(52.5200, 13.4050);
  private static final Place PARIS = new Place(48.8566, 2.3522);

  @Test
  void distanceIsThatOfTheGreatCircle() {
    assertThat(BERLIN.distanceKm(PARIS)).isCloseTo(877.5, within(0.5));
    assertThat(PARIS.distanceKm(BERLIN)).isEqualTo(BERLIN.distanceKm(PARIS));
    assertThat(BERLIN.distanceKm(BERLIN)).isZero();
    assertThat(new Place(90, 0).distanceKm(new Place(-90, 0))).isCloseTo(20_015.1, within(0.1));
    assertThat(new Place(0, 0).distanceKm(new Place(0, 180))).isCloseTo(20_015.1, within(0.1));
  }

  @Test
  void boxMaySpanThe180thMeridian() {
    assertThat(BERLIN.inBox(new Place(47, 5), new Place(55, 15))).isTrue();
    assertThat(PARIS.inBox(new Place(47, 5), new Place(55, 15))).isFalse();
    Place fiji = new Place(-17.7, 178.0);
    assertThat(fiji.inBox(new Place(-20, 170), new Place(-10, -170))).isTrue();
    assertThat(BERLIN.inBox(new Place(-20, 170), new Place(-10, -170))).isFalse();
  }

  @Test
  void placesOffTheEarthAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Place(91, 0))
        .withMessage("a latitude is from -90 to 90 degrees, not 91.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Place(0, -180.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Place(Double.NaN, 0));
  }
}
