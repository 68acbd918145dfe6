package dev.tenet.http.identity;

import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Why somebody is not believed. Whatever is wrong with credentials, the answer is the same: it tells those who guess nothing.
public final class Refusals {

  private static final String CHALLENGE = "Bearer realm=\"tenet\"";

  private Refusals() {}

  static ProblemException required() {
    return refused(
        "credentials_required",
        "Say who you are: send an API key or a token as Authorization: Bearer, or an API key as X-API-Key.",
        CHALLENGE);
  }

  static ProblemException invalid() {
    return refused(
        "credentials_invalid",
        "The credentials are not valid.",
        CHALLENGE + ", error=\"invalid_token\"");
  }

  /// Only for those who prove that the credentials were theirs.
  static ProblemException expired() {
    return refused(
        "credentials_expired",
        "The credentials have expired; get new ones.",
        CHALLENGE + ", error=\"invalid_token\", error_description=\"expired\"");
  }

  /// {@return the answer to who does not say in which tenant they act}
  public static ProblemException tenantRequired(String detail) {
    return refused("tenant_required", detail, CHALLENGE);
  }

  static ProblemException unverifiable() {
    return new ProblemException(
        Problem.of(
                503,
                "token_keys_unavailable",
                "The keys that tokens are checked with cannot be read at present; try again.")
            .retryAfter(1));
  }

  private static ProblemException refused(String code, String detail, String challenge) {
    return new ProblemException(
        new Problem(
            401,
            code,
            detail,
            List.of(),
            List.of(),
            OptionalLong.empty(),
            Map.of("WWW-Authenticate", challenge)));
  }
}
