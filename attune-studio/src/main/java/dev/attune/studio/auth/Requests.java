package dev.attune.studio.auth;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks of request headers. */
final class Requests {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private Requests() {}

    static boolean changes(Context context) {
        return !READING.contains(context.method().name());
    }

    /** Host and port that a page came from; null if the header is missing, empty if it names none. */
    static @Nullable String origin(Context context) {
        String origin = context.header("Origin");
        if (origin == null) {
            return null;
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Requires the CSRF token of a page of this studio. */
    static void requireToken(Context context, String expected) {
        String given = context.header(Authenticator.HEADER);
        if (given == null) {
            given = context.formParam(Authenticator.FIELD);
        }
        if (given == null || !equal(given, expected)) {
            throw new ForbiddenResponse("The page is out of date: load it again.");
        }
    }

    /** Compares in constant time. */
    private static boolean equal(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
