package dev.tenet.bootstrap.cli;

import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.TenantOperation;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenet tenants`: lists the tenants of all databases, and moves them from one to another.
@Command(
    name = "tenants",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists tenants and moves them from one database to another.",
    descriptionHeading = "%n",
    footerHeading = "%n",
    footer = {
      "The databases are those that DATABASE_URL, the database \"main\", and settings such as DATABASE_URL_EU, the database \"eu\", name. Without DATABASE_URL, \"main\" is the one that Tenet runs itself under the data directory, which no server may use meanwhile."
    })
final class TenantsCommand implements Runnable {

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  TenantsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Lists the tenants of all databases, newest first.",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int list(@Mixin StoreOptions place) throws CommandFailure {
    return place.run(surroundings, spec, TenantOperation::open, TenantsCommand::list);
  }

  private static void list(TenantOperation databases, PrintWriter out) {
    var table = new Table();
    table.row(
        Table.Cell.of("ID"),
        Table.Cell.of("DATABASE"),
        Table.Cell.of("REVISION"),
        Table.Cell.of("NAME"));
    databases.list(
        tenant ->
            table.row(
                Table.Cell.of(tenant.id().toString()),
                Table.Cell.of(tenant.database() + (tenant.moving() ? " (moving)" : "")),
                Table.Cell.number(Long.toString(tenant.revision())),
                Table.Cell.of(tenant.name())));
    table.print(out);
  }

  @Command(
      name = "move",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = {
        "Moves a tenant to another database. It is evaluated and read as always; its changes are paused while it is copied.",
        "A move that did not end is finished by the same command, and undone by a move to where the tenant was."
      },
      descriptionHeading = "%n",
      parameterListHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int move(
      @Parameters(paramLabel = "ID", description = "The tenant.") String id,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "DATABASE",
              description = "The name of the database.")
          String database,
      @Mixin StoreOptions place)
      throws CommandFailure {
    TenantId tenant =
        TenantId.parse(id)
            .orElseThrow(
                () ->
                    CommandFailure.badInput(
                        "%s is no id of a tenant: tenet tenants list shows all."
                            .formatted(Quoted.text(id))));
    return place.run(
        surroundings,
        spec,
        TenantOperation::open,
        (databases, out) ->
            databases.move(
                tenant,
                database,
                line -> {
                  out.println(line);
                  out.flush();
                }));
  }
}
