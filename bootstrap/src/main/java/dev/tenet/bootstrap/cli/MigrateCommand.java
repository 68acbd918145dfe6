package dev.tenet.bootstrap.cli;

import dev.tenet.postgres.PostgresOperation;
import dev.tenet.postgres.PostgresOperation.History;
import dev.tenet.postgres.PostgresOperation.Step;
import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tenet migrate`: shows and changes the version of a database.
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows and changes the version of the database.",
    descriptionHeading = "%n",
    footerHeading = "%n",
    footer = {
      "The database is the one that DATABASE_URL names (DATABASE_DIRECT_URL when that leads through a pooler), or else the one that Tenet runs itself under the data directory."
    })
final class MigrateCommand implements Runnable {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  MigrateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  @Command(
      name = "up",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Brings the database to the version that this Tenet works with.",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int up(@Mixin StoreOptions place) throws CommandFailure {
    return on(place, true, MigrateCommand::up);
  }

  private static void up(PostgresOperation database, PrintWriter out) {
    int before = database.up();
    int now = PostgresOperation.newest();
    out.println(
        before == now
            ? "The database %s is at version %d already.".formatted(database.address(), now)
            : "The database %s was migrated from version %d to version %d."
                .formatted(database.address(), before, now));
  }

  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Lists the migrations, and which of them the database has.",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int info(@Mixin StoreOptions place) throws CommandFailure {
    return on(place, false, MigrateCommand::info);
  }

  private static void info(PostgresOperation database, PrintWriter out) {
    History history = database.history();
    out.println("Database  " + database.address());
    out.println(
        "Version   %d; this Tenet works with version %d: %s"
            .formatted(history.version(), PostgresOperation.newest(), verdict(history)));
    out.println();
    Table table = new Table();
    table.row(
        Table.Cell.of("VERSION"),
        Table.Cell.of("DESCRIPTION"),
        Table.Cell.of("STATE"),
        Table.Cell.of("APPLIED"));
    for (Step step : history.steps()) {
      table.row(
          Table.Cell.number(Integer.toString(step.version())),
          Table.Cell.of(step.description()),
          Table.Cell.of(step.state().name().toLowerCase(Locale.ROOT)),
          Table.Cell.of(step.applied().map(MOMENT::format).orElse("")));
    }
    table.print(out);
  }

  private static String verdict(History history) {
    int compared = Integer.compare(history.version(), PostgresOperation.newest());
    return compared == 0
        ? "nothing is to do."
        : compared < 0 ? "tenet migrate up brings it there." : "start a newer Tenet.";
  }

  @Command(
      name = "citus",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Distributes the tables over the nodes of a Citus cluster, unless they are.",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int citus(@Mixin StoreOptions place) throws CommandFailure {
    return on(place, false, MigrateCommand::citus);
  }

  private static void citus(PostgresOperation database, PrintWriter out) {
    out.println(
        database.distribute()
            ? "The tables of the database %s are distributed by tenant now."
                .formatted(database.address())
            : "The tables of the database %s are distributed already."
                .formatted(database.address()));
  }

  /// @param create whether the embedded database may be made
  private int on(StoreOptions place, boolean create, StoreOptions.Work<PostgresOperation> work)
      throws CommandFailure {
    return place.run(
        surroundings, spec, settings -> PostgresOperation.open(settings, create), work);
  }
}
