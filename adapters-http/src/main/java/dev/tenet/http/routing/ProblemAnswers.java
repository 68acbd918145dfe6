package dev.tenet.http.routing;

import dev.tenet.http.problem.Catalogues;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemJson;
import dev.tenet.http.problem.Translation;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes answers of problems, in the language that the client prefers.
final class ProblemAnswers {

  static final String MEDIA_TYPE = "application/problem+json";

  private final Catalogues catalogues = Catalogues.present();

  /// {@return the problem as an answer}
  ///
  /// @param request the headers of the request, as far as they were read
  /// @param traceId names the request in logs
  Answer.Whole of(Headers request, String traceId, Problem problem) {
    Optional<Translation> translation = translation(request, problem.code());
    Map<String, String> headers = new LinkedHashMap<>(problem.headers());
    headers.put("Vary", "Accept-Language");
    translation.ifPresent(told -> headers.put("Content-Language", told.language()));
    return new Answer.Whole(
        problem.status(), ProblemJson.of(problem, translation, traceId), MEDIA_TYPE, headers);
  }

  private Optional<Translation> translation(Headers request, String code) {
    return request.contains(HeaderNames.ACCEPT_LANGUAGE)
        ? catalogues.translation(
            code, String.join(",", request.get(HeaderNames.ACCEPT_LANGUAGE).allValues()))
        : Optional.empty();
  }
}
