package dev.attune.studio;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A token that a page carries and every change has to bring along: other sites cannot read it. */
final class Csrf {
    static final String HEADER = "X-Csrf-Token";
    static final String FIELD = "csrf";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final String token;

    Csrf() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        token = HexFormat.of().formatHex(random);
    }

    String token() {
        return token;
    }

    void require(Context context) {
        if (READING.contains(context.method().name())) {
            return;
        }
        String given = context.header(HEADER);
        if (given == null) {
            given = context.formParam(FIELD);
        }
        if (given == null || !equal(given, token)) {
            throw new ForbiddenResponse("The page is out of date: load it again.");
        }
    }

    /** In a time that tells nothing. */
    private static boolean equal(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
