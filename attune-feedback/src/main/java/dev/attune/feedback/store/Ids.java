package dev.attune.feedback.store;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of rows: 12 hexadecimal digits of the time in milliseconds, so that they sort by age, and 20 random digits. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 10;

    private Ids() {}

    public static String at(long millis) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return HexFormat.of().toHexDigits(millis, 12) + HexFormat.of().formatHex(random);
    }
}
