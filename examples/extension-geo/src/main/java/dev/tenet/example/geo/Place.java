package dev.tenet.example.geo;

/// A place on the earth.
///
/// @param latitude in degrees, from -90 in the south to 90 in the north
/// @param longitude in degrees, from -180 in the west to 180 in the east
record Place(double latitude, double longitude) {

  /// The mean radius of the earth (IUGG, R1).
  private static final double EARTH_RADIUS_KM = 6371.0088;

  private static final double LARGEST_LATITUDE = 90;
  private static final double LARGEST_LONGITUDE = 180;

  /// @throws IllegalArgumentException when there is no such place; the rule that asked fails with the message
  Place {
    if (!(Math.abs(latitude) <= LARGEST_LATITUDE)) {
      throw new IllegalArgumentException("a latitude is from -90 to 90 degrees, not " + latitude);
    }
    if (!(Math.abs(longitude) <= LARGEST_LONGITUDE)) {
      throw new IllegalArgumentException(
          "a longitude is from -180 to 180 degrees, not " + longitude);
    }
  }

  /// {@return the length of the shortest way over a sphere, by the haversine formula}
  double distanceKm(Place other) {
    double north = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
    double east = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double h =
        north * north
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(other.latitude))
                * east
                * east;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
  }

  /// {@return whether this place is in a box given by two corners, which may span the 180th meridian}
  boolean inBox(Place southWest, Place northEast) {
    boolean between =
        southWest.longitude <= northEast.longitude
            ? southWest.longitude <= longitude && longitude <= northEast.longitude
            : southWest.longitude <= longitude || longitude <= northEast.longitude;
    return between && southWest.latitude <= latitude && latitude <= northEast.latitude;
  }
}
