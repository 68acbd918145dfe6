package dev.tenet.application.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.domain.hash.Sha256;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import java.util.Optional;

/// The keys whose owners may approve plugins: each signs code and manifest together by Ed25519 (RFC 8032).
///
/// @param keys the public keys by the names that the operator gives them
public record Approvals(Map<String, PublicKey> keys) {

  /// Nobody approves anything.
  public static final Approvals NONE = new Approvals(Map.of());

  public Approvals {
    keys = Map.copyOf(keys);
  }

  /// {@return what is signed: the hashes of code and manifest in hexadecimal digits, each with a line's end}
  public static byte[] signed(byte[] code, byte[] manifest) {
    return "%s\n%s\n".formatted(Sha256.of(code), Sha256.of(manifest)).getBytes(UTF_8);
  }

  /// {@return the name of the key that made the signature}
  ///
  /// @param manifest the text of the manifest as it was uploaded
  Optional<String> approver(byte[] code, byte[] manifest, byte[] signature) {
    byte[] signed = signed(code, manifest);
    return keys.entrySet().stream()
        .filter(key -> made(key.getValue(), signed, signature))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private static boolean made(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
