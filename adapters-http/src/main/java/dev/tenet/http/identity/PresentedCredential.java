package dev.tenet.http.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one credential of a request: an API key or a token.
///
/// It comes as `Authorization: Bearer`, as the password of `Authorization: Basic` with any user name, or in a header of its own;
/// in several of these only if it is the same.
final class PresentedCredential {

  private static final List<HeaderName> OWN_HEADERS =
      List.of(HeaderNames.create("X-API-Key"), HeaderNames.create("X-Admin-Token"));

  /// No credential is longer.
  private static final int LONGEST = 8 * 1024;

  private static final String BEARER = "Bearer";
  private static final String BASIC = "Basic";

  private PresentedCredential() {}

  /// {@return the credential}
  ///
  /// @throws dev.tenet.http.problem.ProblemException when there is none, or none that can be
  static String of(Headers headers) {
    String found = null;
    for (String value : values(headers, HeaderNames.AUTHORIZATION)) {
      String stripped = value.strip();
      if (!stripped.isEmpty()) {
        found = same(found, authorization(stripped));
      }
    }
    for (HeaderName name : OWN_HEADERS) {
      for (String value : values(headers, name)) {
        String stripped = value.strip();
        if (!stripped.isEmpty()) {
          found = same(found, stripped);
        }
      }
    }
    if (found == null) {
      throw Refusals.required();
    }
    if (found.length() > LONGEST) {
      throw Refusals.invalid();
    }
    return found;
  }

  private static List<String> values(Headers headers, HeaderName name) {
    return headers.contains(name) ? headers.get(name).allValues() : List.of();
  }

  private static String same(@Nullable String found, String next) {
    if (found != null && !found.equals(next)) {
      throw Refusals.invalid();
    }
    return next;
  }

  /// The scheme, one or more spaces, and the credential in visible ASCII.
  private static String authorization(String value) {
    int scheme = value.indexOf(' ');
    if (scheme < 0 || value.length() > 2 * LONGEST) {
      throw Refusals.invalid();
    }
    int begin = scheme;
    while (value.charAt(begin) == ' ') {
      begin++;
    }
    for (int i = begin; i < value.length(); i++) {
      if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
        throw Refusals.invalid();
      }
    }
    String credential = value.substring(begin);
    if (isScheme(BEARER, value, scheme)) {
      return credential;
    }
    if (isScheme(BASIC, value, scheme)) {
      return password(credential);
    }
    throw Refusals.invalid();
  }

  private static boolean isScheme(String name, String value, int end) {
    return end == name.length() && value.regionMatches(true, 0, name, 0, end);
  }

  private static String password(String encoded) {
    try {
      String both = new String(Base64.getDecoder().decode(encoded), UTF_8);
      int colon = both.indexOf(':');
      if (colon >= 0) {
        return both.substring(colon + 1);
      }
    } catch (IllegalArgumentException notBase64) {
      // refused like one without a colon
    }
    throw Refusals.invalid();
  }
}
