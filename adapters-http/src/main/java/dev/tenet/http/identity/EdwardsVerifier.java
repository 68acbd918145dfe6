package dev.tenet.http.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/// Verifies EdDSA with Ed25519 (RFC 8037) by the JDK, where Nimbus needs another library.
final class EdwardsVerifier extends BaseJWSProvider implements JWSVerifier {

  private static final String ED25519 = "Ed25519";
  private static final int KEY_BYTES = 32;

  /// What stands before the 32 bytes of a public key in its X.509 encoding (RFC 8410).
  private static final byte[] ENCODING = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] key;

  EdwardsVerifier(OctetKeyPair key) throws JOSEException {
    super(Set.of(JWSAlgorithm.EdDSA));
    byte[] x = key.getDecodedX();
    if (!key.getCurve().equals(Curve.Ed25519) || x.length != KEY_BYTES) {
      throw new JOSEException("not an Ed25519 key");
    }
    this.key = new byte[ENCODING.length + KEY_BYTES];
    System.arraycopy(ENCODING, 0, this.key, 0, ENCODING.length);
    System.arraycopy(x, 0, this.key, ENCODING.length, KEY_BYTES);
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
    if (!header.getAlgorithm().equals(JWSAlgorithm.EdDSA)) {
      throw new JOSEException("not signed with EdDSA");
    }
    try {
      Signature verifier = Signature.getInstance(ED25519);
      verifier.initVerify(
          KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(key)));
      verifier.update(signed);
      return verifier.verify(signature.decode());
    } catch (GeneralSecurityException e) {
      throw new JOSEException(e.getMessage(), e);
    }
  }
}
