package dev.attune.feedback.account;

import dev.attune.core.error.BadInputException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords with PBKDF2, HMAC-SHA-256 (RFC 8018) and a random salt: {@code pbkdf2-sha256$ITERATIONS$SALT$KEY}.
 * The iterations are part of the hash, so that they can be increased.
 */
final class Passwords {
    static final int MIN_LENGTH = 10;

    /** Maximum length; hashing long passwords would take time before the login is checked. */
    static final int MAX_LENGTH = 200;

    private static final int ITERATIONS = 600_000;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;
    private static final String NAME = "pbkdf2-sha256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** @throws BadInputException if it is too short or too long */
    static String hash(String password) {
        if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
            throw BadInputException.at(
                    "password",
                    password.length() + " characters",
                    MIN_LENGTH + " to " + MAX_LENGTH,
                    "choose another one");
        }
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return String.join(
                "$", NAME, Integer.toString(ITERATIONS), encode(salt), encode(key(password, salt, ITERATIONS)));
    }

    static boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        if (password.length() > MAX_LENGTH || parts.length != 4 || !parts[0].equals(NAME)) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        return MessageDigest.isEqual(key(password, salt, Integer.parseInt(parts[1])), expected);
    }

    private static byte[] key(String password, byte[] salt, int iterations) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
