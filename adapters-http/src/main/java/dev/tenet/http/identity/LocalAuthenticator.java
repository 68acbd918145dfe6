package dev.tenet.http.identity;

import dev.tenet.domain.identity.Principal;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Believes everybody to be [Principal#ANYBODY] who reaches a server that only its own machine reaches, by a name of that
/// machine.
///
/// A page in a browser there may belong to a stranger, who lets the name of their site point to 127.0.0.1 after it was
/// loaded (DNS rebinding). The browser then takes the server for a part of the site, and says so in `Host`.
public final class LocalAuthenticator implements Authenticator {

  private static final Set<String> NAMES = Set.of("localhost", "[::1]", "[0:0:0:0:0:0:0:1]");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  private final String bound;

  /// @param bound the host that the server listens on, as it is configured
  public LocalAuthenticator(String bound) {
    this.bound = bound.toLowerCase(Locale.ROOT);
  }

  @Override
  public Principal authenticate(Headers headers) {
    if (headers.contains(HeaderNames.HOST) && !isLocal(headers.get(HeaderNames.HOST).get())) {
      throw new ProblemException(
          Problem.of(
              403,
              "host_not_local",
              "The request is for another host. Without authentication this server answers requests to localhost only; to serve other names, start it with --auth=on, or with --insecure where something else keeps strangers away."));
    }
    return Principal.ANYBODY;
  }

  private boolean isLocal(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    return NAMES.contains(host)
        || host.equals(bound)
        || host.equals("[" + bound + "]")
        || LOOPBACK.matcher(host).matches();
  }
}
