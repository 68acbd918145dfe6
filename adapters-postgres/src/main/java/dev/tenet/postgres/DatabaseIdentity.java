package dev.tenet.postgres;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What a database is called, and to which installation it belongs: written into it at its first use, and compared at every
/// other, so that addresses that were mixed up are noticed before tenants are looked for in the wrong place.
///
/// @param installation the same for `main` and all databases used with it
record DatabaseIdentity(String name, UUID installation) {

  /// {@return the identity of `main`}
  ///
  /// @throws IllegalArgumentException with a message for the operator when the database is another one
  static DatabaseIdentity claimMain(TenantTransaction transactions) {
    DatabaseIdentity found =
        transactions.asAdministration(
            handle -> {
              handle
                  .createUpdate(
                      "INSERT INTO database_identity (name) VALUES (:name) ON CONFLICT DO NOTHING")
                  .bind("name", PlacementTable.MAIN)
                  .execute();
              return read(handle);
            });
    if (!found.name.equals(PlacementTable.MAIN)) {
      throw new IllegalArgumentException(
          "The database of DATABASE_URL is the one called \"%s\": give its address in %s, and in DATABASE_URL that of the database \"%s\"."
              .formatted(found.name, FurtherDatabases.setting(found.name), PlacementTable.MAIN));
    }
    return found;
  }

  /// Makes sure that a further database is the one called `name` of the installation that this identity of `main` tells.
  ///
  /// @throws IllegalArgumentException with a message for the operator when the database is another one
  void claim(String name, TenantTransaction transactions) {
    DatabaseIdentity found =
        transactions.asAdministration(
            handle -> {
              handle
                  .createUpdate(
                      "INSERT INTO database_identity (name, installation)"
                          + " VALUES (:name, :installation) ON CONFLICT DO NOTHING")
                  .bind("name", name)
                  .bind("installation", installation)
                  .execute();
              return read(handle);
            });
    String setting = FurtherDatabases.setting(name);
    if (!found.name.equals(name)) {
      throw new IllegalArgumentException(
          "The database of %s is the one called \"%s\": give each database the name that it had at first."
              .formatted(setting, found.name));
    }
    if (!found.installation.equals(installation)) {
      throw new IllegalArgumentException(
          "The database of %s belongs to another installation, which has another \"%s\"; give an empty database, or the one that was used with this \"%s\"."
              .formatted(setting, PlacementTable.MAIN, PlacementTable.MAIN));
    }
  }

  private static DatabaseIdentity read(Handle handle) {
    return handle
        .createQuery("SELECT name, installation FROM database_identity")
        .map(
            (row, context) ->
                new DatabaseIdentity(
                    row.getString("name"), row.getObject("installation", UUID.class)))
        .one();
  }
}
