package dev.attune.studio;

import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.security.RouteRole;
import org.jspecify.annotations.Nullable;

/** The role that a route requires. Every route names one: a route without one is refused to everybody. */
enum RequiredRole implements RouteRole {
    /** No login, or what the handler itself checks. */
    NONE(null),
    LABELER(Labeler.Role.LABELER),
    REVIEWER(Labeler.Role.REVIEWER),
    ADMIN(Labeler.Role.ADMIN);

    private final Labeler.@Nullable Role least;

    RequiredRole(Labeler.@Nullable Role least) {
        this.least = least;
    }

    /** Refuses a request whose person does not have the role that its route requires. */
    static void check(Context context, Access access) {
        if (context.routeRoles().isEmpty()) {
            throw new IllegalStateException(context.method() + " " + context.path() + " has no required role");
        }
        for (RouteRole role : context.routeRoles()) {
            Labeler.Role least = ((RequiredRole) role).least;
            if (least != null && access.person(context).role().compareTo(least) < 0) {
                throw new ForbiddenResponse("This needs the role " + least.configName() + ".");
            }
        }
    }
}
