package dev.tenet.http.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one credential of a request: an API key or a token.
///
/// It comes as `Authorization: Bearer`, as the password of `Authorization: Basic` with any user name, or in a header of its own;
/// in several of these only if it is the same.
final class PresentedCredential {

  private static final List<HeaderName> OWN_HEADERS =
      List.of(HeaderNames.create("X-API-Key"), HeaderNames.create("X-Admin-Token"));

  /// No credential is longer.
  private static final int LONGEST = 8 * 1024;

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?<scheme>bearer|basic) +(?<value>[!-~]+)", Pattern.CASE_INSENSITIVE);

  private PresentedCredential() {}

  /// {@return the credential}
  ///
  /// @throws dev.tenet.http.problem.ProblemException when there is none, or none that can be
  static String of(Headers headers) {
    List<String> all = new ArrayList<>(1);
    for (String value : headers.all(HeaderNames.AUTHORIZATION, List::of)) {
      if (!value.isBlank()) {
        all.add(authorization(value.strip()));
      }
    }
    for (HeaderName name : OWN_HEADERS) {
      headers.all(name, List::of).stream()
          .map(String::strip)
          .filter(value -> !value.isEmpty())
          .forEach(all::add);
    }
    if (all.isEmpty()) {
      throw Refusals.required();
    }
    String first = all.getFirst();
    if (first.length() > LONGEST || !all.stream().allMatch(first::equals)) {
      throw Refusals.invalid();
    }
    return first;
  }

  private static String authorization(String value) {
    if (value.length() > 2 * LONGEST) {
      throw Refusals.invalid();
    }
    Matcher parts = AUTHORIZATION.matcher(value);
    if (!parts.matches()) {
      throw Refusals.invalid();
    }
    String credential = parts.group("value");
    return parts.group("scheme").equalsIgnoreCase("basic") ? password(credential) : credential;
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
