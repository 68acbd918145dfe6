package dev.tenet.bootstrap.cli;

import dev.tenet.application.identity.IssueKey;
import dev.tenet.application.identity.ListKeys;
import dev.tenet.application.identity.RevokeKey;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.bootstrap.wiring.TimeOrderedIds;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.evaluation.Durations;
import dev.tenet.domain.evaluation.Timestamps;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.KeyOperation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenet keys`: creates, lists and revokes API keys without asking a server, for who has none.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Creates, lists and revokes API keys.",
    descriptionHeading = "%n",
    footerHeading = "%n",
    footer = {
      "The keys are in the database that DATABASE_URL names, or else in the one that Tenet runs itself under the data directory, which no server may use meanwhile."
    })
final class KeysCommand implements Runnable {

  private static final Principal OPERATOR =
      new Principal("command line", Optional.empty(), Set.of(Role.PLATFORM_ADMIN));
  private static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::key).toList();
  private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,5})d");

  private final Surroundings surroundings;
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec = CommandSpec.create();

  KeysCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = {
        "Creates a key and prints it alone on standard output. It is not shown again.",
        "Servers accept it at once."
      },
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int create(
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "For people.")
          String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description =
                  "What the key may do: platform-admin, tenant-admin, author, evaluator or auditor; may be given several times.")
          List<String> roles,
      @Option(
              names = "--tenant",
              paramLabel = "ID",
              description = "The tenant that it is for; without it, all tenants and the platform.")
          @Nullable String tenant,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              description =
                  "When it expires, such as 90d, 12h or 2027-01-31T08:30:00Z; never without it.")
          @Nullable String expires,
      @Mixin StoreOptions place)
      throws CommandFailure {
    TenantId owner = owner(tenant);
    var draft = new IssueKey.Draft(name, roles(roles), expiry(expires));
    return place.run(
        surroundings,
        spec,
        KeyOperation::open,
        (keys, out) -> {
          var issue =
              new IssueKey(
                  keys.keys(), keys.tenants(), new TimeOrderedIds(clock), clock, keys.audit());
          issued(issue.issue(owner, draft, OPERATOR), owner, out);
        });
  }

  private void issued(IssueKey.Result result, TenantId owner, PrintWriter out) {
    switch (result) {
      case IssueKey.Result.Issued(var key, var secret) -> {
        out.println(secret.reveal());
        PrintWriter err = spec.commandLine().getErr();
        err.println("The key %s is not shown again: keep it.".formatted(key.id()));
        err.flush();
      }
      case IssueKey.Result.Rejected(var faults) ->
          throw new IllegalArgumentException(
              faults.stream().map(Diagnostic::sentence).collect(Collectors.joining(" ")));
      case IssueKey.Result.TenantNotFound() ->
          throw new IllegalArgumentException(
              "There is no tenant %s: tenet tenants list shows all.".formatted(owner));
      case IssueKey.Result.TooMany() ->
          throw new IllegalArgumentException(
              "There are %d keys that are not revoked, and more there may not be: revoke those that nobody uses."
                  .formatted(IssueKey.MOST_KEYS));
      case IssueKey.Result.BeyondIssuer() ->
          throw new IllegalStateException("an operator may give every role");
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Lists the keys of the platform or of a tenant, newest first.",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int list(
      @Option(
              names = "--tenant",
              paramLabel = "ID",
              description = "The tenant whose keys to list; without it, those of the platform.")
          @Nullable String tenant,
      @Mixin StoreOptions place)
      throws CommandFailure {
    TenantId owner = owner(tenant);
    return place.run(
        surroundings,
        spec,
        KeyOperation::open,
        (keys, out) ->
            list(owner, new ListKeys(keys.keys(), keys.tenants()), clock.instant(), out));
  }

  private static void list(TenantId owner, ListKeys keys, Instant now, PrintWriter out) {
    var table = new Table();
    table.row(
        Table.Cell.of("ID"),
        Table.Cell.of("KEY"),
        Table.Cell.of("STATE"),
        Table.Cell.of("ROLES"),
        Table.Cell.of("EXPIRES"),
        Table.Cell.of("LAST USED"),
        Table.Cell.of("NAME"));
    Optional<Age> after = Optional.empty();
    do {
      Page<ApiKey, Age> page =
          switch (keys.list(owner, new PageRequest<>(PageRequest.LARGEST, after), OPERATOR)) {
            case ListKeys.Result.Listed(var listed) -> listed;
            case ListKeys.Result.TenantNotFound() ->
                throw new IllegalArgumentException(
                    "There is no tenant %s: tenet tenants list shows all.".formatted(owner));
          };
      page.items().forEach(key -> row(table, key, now));
      after = page.end();
    } while (after.isPresent());
    table.print(out);
  }

  private static void row(Table table, ApiKey key, Instant now) {
    table.row(
        Table.Cell.of(key.id().toString()),
        Table.Cell.of(KeySecret.MARK + key.prefix()),
        Table.Cell.of(
            key.revokedAt().isPresent() ? "revoked" : key.isExpired(now) ? "expired" : "valid"),
        Table.Cell.of(
            key.roles().stream().sorted().map(Role::key).collect(Collectors.joining(","))),
        Table.Cell.of(moment(key.expiresAt())),
        Table.Cell.of(moment(key.lastUsedAt())),
        Table.Cell.of(key.name()));
  }

  private static String moment(Optional<Instant> moment) {
    return moment.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never");
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Revokes a key. Servers refuse it within ten seconds.",
      descriptionHeading = "%n",
      parameterListHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int revoke(
      @Parameters(paramLabel = "ID", description = "The key, by its id.") String id,
      @Option(
              names = "--tenant",
              paramLabel = "ID",
              description = "The tenant whose key it is; without it, the platform.")
          @Nullable String tenant,
      @Mixin StoreOptions place)
      throws CommandFailure {
    TenantId owner = owner(tenant);
    String remedy = tenant == null ? "tenet keys list" : "tenet keys list --tenant " + owner;
    ApiKeyId key =
        ApiKeyId.parse(id)
            .orElseThrow(
                () ->
                    CommandFailure.badInput(
                        "%s is no id of a key: %s shows all.".formatted(Quoted.text(id), remedy)));
    return place.run(
        surroundings,
        spec,
        KeyOperation::open,
        (keys, out) -> {
          switch (new RevokeKey(keys.keys(), known -> {}, clock, keys.audit())
              .revoke(owner, key, OPERATOR, Optional.empty())) {
            case RevokeKey.Result.Revoked(var revoked) ->
                out.println(
                    "The key %s, %s, is revoked."
                        .formatted(KeySecret.MARK + revoked.prefix(), Quoted.text(revoked.name())));
            case RevokeKey.Result.NotFound() ->
                throw new IllegalArgumentException(
                    "There is no key %s: %s shows all.".formatted(key, remedy));
          }
        });
  }

  private static TenantId owner(@Nullable String tenant) throws CommandFailure {
    if (tenant == null) {
      return TenantId.PLATFORM;
    }
    return TenantId.parse(tenant)
        .filter(id -> !id.equals(TenantId.PLATFORM))
        .orElseThrow(
            () ->
                CommandFailure.badInput(
                    "%s is no id of a tenant: tenet tenants list shows all."
                        .formatted(Quoted.text(tenant))));
  }

  private static Set<Role> roles(List<String> keys) throws CommandFailure {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String key : keys) {
      roles.add(
          Role.of(key)
              .orElseThrow(
                  () ->
                      CommandFailure.badInput(
                          "There is no role %s%s The roles are %s."
                              .formatted(
                                  Quoted.text(key),
                                  Spelling.nearest(key, ROLES)
                                      .map("; did you mean \"%s\"?"::formatted)
                                      .orElse("."),
                                  String.join(", ", ROLES)))));
    }
    return roles;
  }

  private Optional<Instant> expiry(@Nullable String text) throws CommandFailure {
    if (text == null) {
      return Optional.empty();
    }
    Matcher days = DAYS.matcher(text);
    Optional<Instant> moment =
        days.matches()
            ? Optional.of(clock.instant().plus(Duration.ofDays(Long.parseLong(days.group(1)))))
            : Durations.parse(text).map(clock.instant()::plus).or(() -> Timestamps.parse(text));
    return Optional.of(
        moment
            .map(at -> at.truncatedTo(ChronoUnit.MICROS))
            .orElseThrow(
                () ->
                    CommandFailure.badInput(
                        "--expires: %s is no time; write it like 90d, 12h or 2027-01-31T08:30:00Z."
                            .formatted(Quoted.text(text)))));
  }
}
