package dev.tenet.domain.identity;

import java.util.HexFormat;
import java.util.Optional;

/// An API key as its holder has it: `tnt_`, a prefix of 64 bits that finds what is known of it, `_`, and 256 random bits.
///
/// Whoever reads `tnt_` in a log or a repository knows what they found. As text it is shown without its random part.
public final class KeySecret {

  /// What every API key begins with.
  public static final String MARK = "tnt_";

  /// The bytes of the prefix.
  public static final int PREFIX_BYTES = 8;

  /// The bytes that nobody can guess.
  public static final int RANDOM_BYTES = 32;

  private static final int SEPARATOR = MARK.length() + 2 * PREFIX_BYTES;
  private static final int LENGTH = SEPARATOR + 1 + 2 * RANDOM_BYTES;

  private final String prefix;
  private final String text;

  private KeySecret(String prefix, String text) {
    this.prefix = prefix;
    this.text = text;
  }

  /// {@return the key that consists of these bytes}
  ///
  /// @param prefix 8 random bytes
  /// @param random 32 random bytes
  public static KeySecret of(byte[] prefix, byte[] random) {
    HexFormat hex = HexFormat.of();
    return parse(MARK + hex.formatHex(prefix) + '_' + hex.formatHex(random)).orElseThrow();
  }

  /// {@return the key that the text is, or empty when no key looks so}
  public static Optional<KeySecret> parse(String text) {
    boolean shaped =
        text.length() == LENGTH
            && text.startsWith(MARK)
            && isHexadecimal(text, MARK.length(), SEPARATOR)
            && text.charAt(SEPARATOR) == '_'
            && isHexadecimal(text, SEPARATOR + 1, LENGTH);
    return shaped
        ? Optional.of(new KeySecret(text.substring(MARK.length(), SEPARATOR), text))
        : Optional.empty();
  }

  private static boolean isHexadecimal(String text, int begin, int end) {
    for (int i = begin; i < end; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// {@return what finds the key; it is no secret}
  public String prefix() {
    return prefix;
  }

  /// {@return the whole key, for its holder alone}
  public String reveal() {
    return text;
  }

  /// {@return what is kept of the key}
  public KeyHash hash() {
    return KeyHash.ofText(text);
  }

  @Override
  public String toString() {
    return MARK + prefix + "_…";
  }
}
