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
 * One person on one machine, without an account. Only pages of this machine may talk to the studio: a page of the web that
 * has its own name point here (DNS rebinding) says that name as its Host, and one that sends forms says where it comes from
 * as its Origin.
 */
public final class LocalAuthenticator implements Authenticator {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private static final String PASSED = "passed";

    private final Supplier<Labeler> who;
    private final String token;
    private volatile @Nullable Labeler person;

    /** @param who sits at the machine; asked with the first request */
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
            throw new ForbiddenResponse("This studio answers on localhost alone.");
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
