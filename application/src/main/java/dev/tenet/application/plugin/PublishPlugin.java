package dev.tenet.application.plugin;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.Compatibility;
import dev.tenet.domain.plugin.Manifest;
import dev.tenet.domain.plugin.ManifestReader;
import dev.tenet.domain.plugin.PluginVersion;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Publishes a version of a plugin: checks manifest, code, approval and what earlier versions have promised, and keeps it. No tenant
/// uses it before it is activated.
public final class PublishPlugin {

  private static final int MOST_RELEASES = 1_000;

  /// What is published.
  ///
  /// @param manifest as a plain JSON value
  /// @param text the manifest as it was uploaded, which a signature is of
  /// @param actor who publishes
  public record Publication(
      @Nullable Object manifest,
      Bytes text,
      Bytes code,
      Optional<Bytes> signature,
      String actor,
      String requestId,
      boolean dryRun) {}

  /// What publishing gives.
  public sealed interface Result {
    /// It is published, or in a dry run would be.
    record Published(PluginRelease release) implements Result {}

    /// Manifest or code have faults: all of them.
    record Invalid(List<Diagnostic> diagnostics) implements Result {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }

    /// Another release has this version.
    record VersionTaken(String name, String version) implements Result {}

    /// There are as many releases as there may be.
    record TooMany(int most) implements Result {}

    /// It is for the platform itself, and nobody whom the operator approves has signed it.
    record NotApproved() implements Result {}

    /// It has a signature, and it is by nobody whom the operator approves, or of something else.
    record SignatureInvalid() implements Result {}
  }

  private final PluginCatalogue catalogue;
  private final ArtefactStore artefacts;
  private final Guests guests;
  private final Approvals approvals;
  private final AuditLog audit;
  private final InstantSource clock;

  public PublishPlugin(
      PluginCatalogue catalogue,
      ArtefactStore artefacts,
      Guests guests,
      Approvals approvals,
      AuditLog audit,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.artefacts = artefacts;
    this.guests = guests;
    this.approvals = approvals;
    this.audit = audit;
    this.clock = clock;
  }

  /// Publishes a version of a plugin.
  public Result publish(Publication publication) {
    return switch (ManifestReader.read(publication.manifest())) {
      case ManifestReader.Reading.Invalid(var diagnostics) -> new Result.Invalid(diagnostics);
      case ManifestReader.Reading.Valid(var manifest) -> publish(manifest, publication);
    };
  }

  private Result publish(Manifest manifest, Publication publication) {
    byte[] code = publication.code().toByteArray();
    Optional<String> approver =
        publication
            .signature()
            .flatMap(
                signature ->
                    approvals.approver(
                        code, publication.text().toByteArray(), signature.toByteArray()));
    if (publication.signature().isPresent() && approver.isEmpty()) {
      return new Result.SignatureInvalid();
    }
    if (manifest.internal() && approver.isEmpty()) {
      return new Result.NotApproved();
    }
    List<Diagnostic> faults = new ArrayList<>(broken(manifest));
    try {
      guests.check(GuestKind.WASM, code);
    } catch (InvalidGuest e) {
      faults.addAll(e.diagnostics());
    }
    if (!faults.isEmpty()) {
      return new Result.Invalid(faults);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var release =
        new PluginRelease(
            manifest.name(),
            manifest.version().toString(),
            manifest.text(),
            Sha256.of(code),
            code.length,
            now,
            publication.actor(),
            approver);
    return publication.dryRun() ? dryRun(release) : add(release, publication);
  }

  /// {@return what the promises of the release with the next lower version, or the next higher one, say against it}
  private List<Diagnostic> broken(Manifest manifest) {
    List<PluginRelease> releases = catalogue.releases(TenantId.PLATFORM, manifest.name());
    List<Manifest> others =
        releases.stream()
            .map(PluginRelease::read)
            .sorted(Comparator.comparing(Manifest::version))
            .toList();
    PluginVersion version = manifest.version();
    List<Diagnostic> faults = new ArrayList<>();
    if (!manifest.internal() && !releases.isEmpty() && releases.getFirst().read().internal()) {
      faults.add(
          Diagnostic.error(
              "plugin_stays_internal",
              Location.field("internal"),
              "%s is internal, which only code that the operator approves may be; publish under another name, or say \"internal\": true."
                  .formatted(manifest.name())));
    }
    others.stream()
        .filter(other -> other.version().compareTo(version) < 0)
        .reduce((lower, higher) -> higher)
        .ifPresent(lower -> faults.addAll(Compatibility.faults(lower, manifest)));
    others.stream()
        .filter(other -> other.version().compareTo(version) > 0)
        .findFirst()
        .ifPresent(higher -> faults.addAll(Compatibility.faultsBehind(manifest, higher)));
    return faults;
  }

  private Result dryRun(PluginRelease release) {
    return catalogue
        .find(TenantId.PLATFORM, release.name(), release.version())
        .<Result>map(taken -> new Result.VersionTaken(release.name(), release.version()))
        .orElseGet(() -> new Result.Published(release));
  }

  private Result add(PluginRelease release, Publication publication) {
    artefacts.keep(publication.code().toByteArray());
    return switch (catalogue.add(TenantId.PLATFORM, release, MOST_RELEASES)) {
      case VERSION_TAKEN -> new Result.VersionTaken(release.name(), release.version());
      case TOO_MANY -> new Result.TooMany(MOST_RELEASES);
      case ADDED -> {
        record(release, publication.requestId());
        yield new Result.Published(release);
      }
    };
  }

  private void record(PluginRelease release, String requestId) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("version", release.version());
    detail.put("artefact", release.artefact().hex());
    release.approvedBy().ifPresent(key -> detail.put("approvedBy", key));
    audit.append(
        TenantId.PLATFORM,
        List.of(
            AuditEvent.of(
                release.publishedAt(),
                release.publishedBy(),
                "plugin_published",
                "plugin/" + release.name(),
                Outcome.ACCEPTED,
                requestId,
                AuditDetail.of(detail))));
  }
}
