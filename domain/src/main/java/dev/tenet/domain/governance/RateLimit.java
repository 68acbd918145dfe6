package dev.tenet.domain.governance;

/// How fast requests may come: a bucket of tokens that is filled at a steady rate, from which each request takes one.
///
/// @param requestsPerSecond how many tokens come in each second; 0 for no limit
/// @param burst how many tokens the bucket holds
public record RateLimit(long requestsPerSecond, long burst) {

  /// Requests may come as they like.
  public static final RateLimit NONE = new RateLimit(0, 0);

  public RateLimit {
    if (requestsPerSecond < 0 || burst < 0 || (requestsPerSecond > 0 && burst == 0)) {
      throw new IllegalArgumentException(
          "a rate of %d with a burst of %d lets nothing pass".formatted(requestsPerSecond, burst));
    }
  }

  /// {@return whether there is a limit}
  public boolean limited() {
    return requestsPerSecond > 0;
  }
}
