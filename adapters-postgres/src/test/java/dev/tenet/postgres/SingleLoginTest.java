package dev.tenet.postgres;

/// Straight to the database.
final class SingleLoginTest extends SingleLoginContract {

  private final DatabaseAddress address =
      DatabaseAddress.parse("DATABASE_URL", TestDatabase.singleLoginUrl("single"));

  @Override
  DatabaseAddress address() {
    return address;
  }
}
