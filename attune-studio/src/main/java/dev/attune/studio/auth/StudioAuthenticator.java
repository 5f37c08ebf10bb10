package dev.attune.studio.auth;

import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;

/** Authenticates one person without accounts until somebody is invited, and a team by its accounts from then on. */
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

    /** A request keeps the authenticator that it began with: the one that invites the first person is still answered. */
    private static Authenticator of(Context context) {
        Authenticator authenticator = context.attribute(ATTRIBUTE);
        if (authenticator == null) {
            throw new UnauthorizedResponse("Please log in.");
        }
        return authenticator;
    }

    /** Whether anybody has an account, or is invited to make one. */
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
