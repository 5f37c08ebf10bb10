package dev.attune.studio;

import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.security.RouteRole;
import org.jspecify.annotations.Nullable;

/** What a request needs to use a route. Every route says so: one that does not is open to nobody. */
enum Needs implements RouteRole {
    /** Not even a login, or what the handler itself asks for. */
    NOTHING(null),
    LABELER(Labeler.Role.LABELER),
    REVIEWER(Labeler.Role.REVIEWER),
    ADMIN(Labeler.Role.ADMIN);

    private final Labeler.@Nullable Role least;

    Needs(Labeler.@Nullable Role least) {
        this.least = least;
    }

    /** Turns away whoever may not use the route of a request. */
    static void check(Context context, Access access) {
        if (context.routeRoles().isEmpty()) {
            throw new IllegalStateException(context.method() + " " + context.path() + " does not say what it needs");
        }
        for (RouteRole role : context.routeRoles()) {
            Labeler.Role least = ((Needs) role).least;
            if (least != null && access.person(context).role().compareTo(least) < 0) {
                throw new ForbiddenResponse("This needs the role " + least.word() + ".");
            }
        }
    }
}
