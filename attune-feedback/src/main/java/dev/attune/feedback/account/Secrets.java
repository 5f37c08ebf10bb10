package dev.attune.feedback.account;

import dev.attune.core.io.Hashing;
import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets for invitations, sessions and tokens; the store keeps their hashes. */
final class Secrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A random secret of 256 bits, in characters that are allowed in URLs. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash of a secret. Secrets of 256 bits need no salt. */
    static String hash(String secret) {
        return Hashing.sha256(secret);
    }
}
