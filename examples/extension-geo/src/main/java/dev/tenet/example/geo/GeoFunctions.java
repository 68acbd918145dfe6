package dev.tenet.example.geo;

import static dev.tenet.domain.schema.FieldType.Scalar.BOOL;
import static dev.tenet.domain.schema.FieldType.Scalar.FLOAT64;

import dev.tenet.domain.schema.FieldType;
import dev.tenet.spi.Function;
import dev.tenet.spi.FunctionProvider;
import java.util.Collections;
import java.util.List;

/// Adds `geo.distanceKm` and `geo.inBox` to the expressions of all tenants.
public final class GeoFunctions implements FunctionProvider {

  private static final long COST_OF_TRIGONOMETRY = 20;
  private static final long COST_OF_COMPARISONS = 4;

  @Override
  public String name() {
    return "geo";
  }

  @Override
  public List<Function> functions() {
    return List.of(
        new Function(
            "geo.distanceKm",
            degrees(4),
            FLOAT64,
            COST_OF_TRIGONOMETRY,
            arguments -> place(arguments, 0).distanceKm(place(arguments, 2))),
        new Function(
            "geo.inBox",
            degrees(6),
            BOOL,
            COST_OF_COMPARISONS,
            arguments -> place(arguments, 0).inBox(place(arguments, 2), place(arguments, 4))));
  }

  private static List<FieldType> degrees(int count) {
    return Collections.nCopies(count, FLOAT64);
  }

  private static Place place(List<Object> arguments, int index) {
    return new Place((Double) arguments.get(index), (Double) arguments.get(index + 1));
  }
}
