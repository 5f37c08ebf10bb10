package dev.attune.studio;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Without accounts, only pages of this machine may talk to the studio: a page of the web that has its own name point here
 * (DNS rebinding) says that name as its Host, and one that sends forms says where it comes from as its Origin.
 */
final class Loopback {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private Loopback() {}

    static boolean names(String host) {
        return NAMES.contains(host) || host.equals("::1");
    }

    static void require(Context context) {
        if (!own(context.header("Host"))) {
            throw new ForbiddenResponse("This studio answers on localhost alone.");
        }
        String origin = context.header("Origin");
        if (origin != null && !own(authority(origin))) {
            throw new ForbiddenResponse("This request comes from another site.");
        }
    }

    private static boolean own(@Nullable String authority) {
        return authority != null && NAMES.contains(authority.replaceFirst(":\\d+$", ""));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
