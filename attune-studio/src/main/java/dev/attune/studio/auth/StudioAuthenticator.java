package dev.attune.studio.auth;

import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;

/** Authenticates one person without accounts until the first invitation, and a team by accounts from then on. */
public final class StudioAuthenticator implements Authenticator {
    private static final String ATTRIBUTE = "authenticator";

    private final Accounts accounts;
    private final Authenticator alone;
    private final Authenticator team;
    private volatile boolean shared;

    public StudioAuthenticator(Accounts accounts, Authenticator alone, Authenticator team) {
        this.accounts = accounts;
        this.alone = alone;
        this.team = team;
    }

    /** A request keeps its authenticator, so that the request of the first invitation is still answered. */
    private static Authenticator of(Context context) {
        Authenticator authenticator = context.attribute(ATTRIBUTE);
        if (authenticator == null) {
            throw new UnauthorizedResponse("Please log in.");
        }
        return authenticator;
    }

    /** Whether there is an account or an invitation. */
    public boolean shared() {
        shared = shared || accounts.any();
        return shared;
    }

    @Override
    public boolean team(Context context) {
        return of(context).team(context);
    }

    /** False before a login, and if the authenticator refused the request. */
    @Override
    public boolean knows(Context context) {
        Authenticator authenticator = context.attribute(ATTRIBUTE);
        return authenticator != null && authenticator.knows(context);
    }

    @Override
    public void guard(Context context) {
        Authenticator authenticator = shared() ? team : alone;
        context.attribute(ATTRIBUTE, authenticator);
        authenticator.guard(context);
    }

    @Override
    public Labeler person(Context context) {
        return of(context).person(context);
    }

    @Override
    public String csrf(Context context) {
        return of(context).csrf(context);
    }
}
