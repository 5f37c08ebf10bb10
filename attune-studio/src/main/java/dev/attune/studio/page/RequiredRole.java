package dev.attune.studio.page;

import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.security.RouteRole;
import org.jspecify.annotations.Nullable;

/** The role that a route requires. Every route names one: routes without one are refused. */
public enum RequiredRole implements RouteRole {
    /** No login; the handler may check further. */
    NONE(null),
    LABELER(Labeler.Role.LABELER),
    REVIEWER(Labeler.Role.REVIEWER),
    ADMIN(Labeler.Role.ADMIN);

    private final Labeler.@Nullable Role minimum;

    RequiredRole(Labeler.@Nullable Role minimum) {
        this.minimum = minimum;
    }

    /** Refuses a request whose person does not have the role that its route requires. */
    public static void check(Context context, Access access) {
        if (context.routeRoles().isEmpty()) {
            throw new IllegalStateException(context.method() + " " + context.path() + " has no required role");
        }
        for (RouteRole role : context.routeRoles()) {
            Labeler.Role minimum = ((RequiredRole) role).minimum;
            if (minimum != null && access.person(context).role().compareTo(minimum) < 0) {
                throw new ForbiddenResponse("This requires the role " + minimum.configName() + ".");
            }
        }
    }
}
