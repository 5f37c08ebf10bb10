package dev.attune.studio.auth;

import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One person on one machine, without an account. Requests from other sites are refused by their Host header (DNS
 * rebinding) or their Origin header (forms).
 */
public final class LocalAuthenticator implements Authenticator {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private static final String PASSED = "passed";

    private final Supplier<Labeler> who;
    private final String token;
    private volatile @Nullable Labeler person;

    /** @param who supplies the person at the machine; called with the first request */
    public LocalAuthenticator(Supplier<Labeler> who) {
        this.who = who;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.token = HexFormat.of().formatHex(random);
    }

    /** Whether this names the machine itself. */
    public static boolean isLoopback(String host) {
        return NAMES.contains(host);
    }

    @Override
    public void guard(Context context) {
        if (!own(context.header("Host"))) {
            throw new ForbiddenResponse("This studio answers only on localhost.");
        }
        String origin = Requests.origin(context);
        if (origin != null && !own(origin)) {
            throw new ForbiddenResponse("This request comes from another site.");
        }
        if (Requests.changes(context)) {
            Requests.requireToken(context, token);
        }
        context.attribute(PASSED, true);
    }

    private static boolean own(@Nullable String authority) {
        return authority != null && isLoopback(authority.replaceFirst(":\\d+$", ""));
    }

    @Override
    public boolean knows(Context context) {
        return Boolean.TRUE.equals(context.attribute(PASSED));
    }

    @Override
    public Labeler person(Context context) {
        Labeler known = person;
        if (known == null) {
            known = who.get();
            person = known;
        }
        return known;
    }

    @Override
    public String csrf(Context context) {
        return token;
    }

    @Override
    public boolean team(Context context) {
        return false;
    }
}
