package dev.tenet.http.derived;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.http.problem.ProblemJson.FaultJson;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A derived field.
///
/// @param type inferred, as CEL spells it
/// @param dependencies the fields and derived fields that it reads
/// @param error why it cannot be computed at present
public record DerivedFieldJson(
    String id,
    String name,
    String description,
    String expression,
    String type,
    List<String> dependencies,
    @Nullable String error,
    @Nullable List<FaultJson> errors,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Long revision) {

  /// {@return the derived field as it is written}
  public static DerivedFieldJson of(DerivedField field, @Nullable Long revision) {
    boolean broken = !field.faults().isEmpty();
    return new DerivedFieldJson(
        field.id().toString(),
        field.name(),
        field.description(),
        field.expression().text(),
        field.type(),
        field.dependencies(),
        broken ? field.faults().getFirst().message() : null,
        broken ? field.faults().stream().map(FaultJson::of).toList() : null,
        field.createdAt(),
        field.updatedAt(),
        revision);
  }

  /// A page of derived fields.
  public record ListJson(List<DerivedFieldJson> derivedFields, @Nullable String nextPageToken) {
    static ListJson of(Page<DerivedField, Age> page, Call call) {
      return new ListJson(
          page.items().stream().map(field -> DerivedFieldJson.of(field, null)).toList(),
          call.nextToken(page, PageTokens.BY_AGE));
    }
  }
}
