package dev.tenet.bootstrap.cli;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.evaluation.Timestamps;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.AuditOperation;
import dev.tenet.postgres.AuditOperation.Verified;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tenet audit`: proves that nothing of what was recorded has been altered, and lists it.
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Proves that nothing in the audit log was altered, and lists what is recorded there.",
    descriptionHeading = "%n",
    footerHeading = "%n",
    footer = {
      "The databases are those that DATABASE_URL and settings such as DATABASE_URL_EU name; servers may run on them. Without DATABASE_URL it is the one that Tenet runs itself under the data directory, which no server may use meanwhile."
    })
final class AuditCommand implements Runnable {

  private static final String PLATFORM = "platform";

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  AuditCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Whose chain it is.
  static final class Whose {
    @Option(
        names = "--tenant",
        paramLabel = "ID",
        description = {
          "The tenant, also one that is deleted; \"platform\" for what belongs to none."
        })
    private @Nullable String tenant;

    Optional<TenantId> tenant() throws CommandFailure {
      String text = tenant;
      if (text == null) {
        return Optional.empty();
      }
      return Optional.of(
          text.equals(PLATFORM)
              ? TenantId.PLATFORM
              : TenantId.parse(text)
                  .orElseThrow(
                      () ->
                          CommandFailure.badInput(
                              "%s is no id of a tenant, and not \"platform\": tenet tenants list shows all tenants."
                                  .formatted(Quoted.text(text)))));
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = {
        "Proves that each record follows from the one before it, in the chains of all tenants and of the platform, or of one.",
        "Goes up to the end of each chain, or names its first broken link. Exit status 1 when a chain is broken."
      },
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int verify(
      @Mixin Whose whose,
      @Option(
              names = "--heads",
              description = {
                "Shows the end of each chain: the number and the hash of its last record. Kept elsewhere, they show later whether a whole chain was written anew."
              })
          boolean heads,
      @Mixin StoreOptions place)
      throws CommandFailure {
    Optional<TenantId> tenant = whose.tenant();
    return place.run(
        surroundings,
        spec,
        AuditOperation::open,
        (databases, out) -> {
          List<Verified> chains = new ArrayList<>();
          tenant.ifPresentOrElse(
              id -> chains.add(databases.verify(id)), () -> databases.verify(chains::add));
          report(chains, heads, out);
        });
  }

  private static void report(List<Verified> chains, boolean heads, PrintWriter out) {
    var table = new Table();
    table.row(
        Table.Cell.of("TENANT"),
        Table.Cell.of("DATABASE"),
        Table.Cell.of("RECORDS"),
        Table.Cell.of("HASH OF THE LAST"));
    List<String> broken = new ArrayList<>();
    long records = 0;
    for (Verified chain : chains) {
      switch (chain.verification()) {
        case Verification.Proved(var head) -> {
          records += head.sequence();
          table.row(
              Table.Cell.of(name(chain.tenant())),
              Table.Cell.of(chain.database()),
              Table.Cell.number(Long.toString(head.sequence())),
              Table.Cell.of(head.hash().hex()));
        }
        case Verification.Broken(var sequence, var fault) ->
            broken.add(
                "The chain of %s in the database %s is broken at record %d. %s"
                    .formatted(owner(chain.tenant()), chain.database(), sequence, fault));
      }
    }
    if (heads) {
      table.print(out);
    }
    broken.forEach(out::println);
    if (!broken.isEmpty()) {
      throw new IllegalStateException(
          "%d of %s broken.".formatted(broken.size(), chains(chains.size())));
    }
    out.println(
        "%s proved, with %s.".formatted(chains(chains.size()), Plural.of(records, "record")));
  }

  private static String chains(int number) {
    return Plural.of(number, "chain") + (number == 1 ? " is" : " are");
  }

  private static String name(TenantId tenant) {
    return tenant.equals(TenantId.PLATFORM) ? PLATFORM : tenant.toString();
  }

  private static String owner(TenantId tenant) {
    return tenant.equals(TenantId.PLATFORM) ? "the platform" : "the tenant " + tenant;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Lists what is recorded of a tenant, or of the platform, newest first.",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int list(
      @Mixin Whose whose,
      @Option(names = "--actor", paramLabel = "NAME", description = "Only what this one did.")
          @Nullable String actor,
      @Option(
              names = "--action",
              paramLabel = "ACTION",
              description = "Only this, such as rule_revised.")
          @Nullable String action,
      @Option(
              names = "--outcome",
              paramLabel = "OUTCOME",
              description = "Only what was accepted, or denied.")
          @Nullable String outcome,
      @Option(
              names = "--since",
              paramLabel = "MOMENT",
              description = "Only from then on, such as 2026-01-31T08:30:00Z.")
          @Nullable String since,
      @Option(names = "--until", paramLabel = "MOMENT", description = "Only what was before.")
          @Nullable String until,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "At most so many records. [default 100]")
          int limit,
      @Mixin StoreOptions place)
      throws CommandFailure {
    if (limit < 1) {
      throw CommandFailure.badInput("--limit must be 1 or more, not %d.".formatted(limit));
    }
    TenantId tenant = whose.tenant().orElse(TenantId.PLATFORM);
    var filter =
        new AuditFilter(
            Optional.ofNullable(actor),
            Optional.ofNullable(action),
            parsed("--outcome", outcome, Outcome::parse, "accepted or denied"),
            parsed("--since", since, Timestamps::parse, "a moment such as 2026-01-31T08:30:00Z"),
            parsed("--until", until, Timestamps::parse, "a moment such as 2026-01-31T08:30:00Z"));
    if (filter.since().isPresent()
        && filter.until().isPresent()
        && filter.since().get().isAfter(filter.until().get())) {
      throw CommandFailure.badInput("--since must not be after --until.");
    }
    return place.run(
        surroundings,
        spec,
        AuditOperation::open,
        (databases, out) -> list(databases, tenant, filter, limit, out));
  }

  private static <T> Optional<T> parsed(
      String option, @Nullable String text, Function<String, Optional<T>> parse, String expected)
      throws CommandFailure {
    if (text == null) {
      return Optional.empty();
    }
    return Optional.of(
        parse
            .apply(text)
            .orElseThrow(
                () ->
                    CommandFailure.badInput(
                        "%s must be %s, not %s.".formatted(option, expected, Quoted.text(text)))));
  }

  private static void list(
      AuditOperation databases, TenantId tenant, AuditFilter filter, int limit, PrintWriter out) {
    var table = new Table();
    table.row(
        Table.Cell.of("RECORD"),
        Table.Cell.of("AT"),
        Table.Cell.of("ACTOR"),
        Table.Cell.of("ACTION"),
        Table.Cell.of("OUTCOME"),
        Table.Cell.of("RESOURCE"),
        Table.Cell.of("REQUEST"));
    databases.list(
        tenant,
        filter,
        limit,
        record -> {
          AuditEvent event = record.event();
          table.row(
              Table.Cell.number(Long.toString(record.sequence())),
              Table.Cell.of(event.at().toString()),
              Table.Cell.of(event.actor()),
              Table.Cell.of(event.action()),
              Table.Cell.of(event.outcome().wireName()),
              Table.Cell.of(event.resource()),
              Table.Cell.of(Optional.ofNullable(event.requestId()).orElse("")));
        });
    table.print(out);
  }
}
