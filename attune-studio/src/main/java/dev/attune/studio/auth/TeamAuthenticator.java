package dev.attune.studio.auth;

import dev.attune.core.io.Hashing;
import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.ApiTokens;
import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.SameSite;
import io.javalin.http.UnauthorizedResponse;
import java.util.Optional;

/** Authenticates people by their session cookie, and their programs by a bearer token. */
public final class TeamAuthenticator implements Authenticator {
    static final String COOKIE = "attune_session";

    private static final String PERSON = "person";
    private static final String BEARER = "Bearer ";
    private static final int SECONDS = 14 * 24 * 60 * 60;

    private final Accounts accounts;
    private final ApiTokens tokens;

    public TeamAuthenticator(Accounts accounts, ApiTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /** Whether a path needs no login: the login, invitations, and assets. */
    private static boolean open(Context context) {
        String path = context.path();
        return path.equals("/login") || path.startsWith("/join/") || path.startsWith("/assets/");
    }

    @Override
    public void guard(Context context) {
        String origin = Requests.origin(context);
        if (origin != null && !origin.equals(context.header("Host"))) {
            throw new ForbiddenResponse("This request comes from another site.");
        }
        if (open(context)) {
            return;
        }
        String authorization = context.header("Authorization");
        if (authorization != null) {
            guardProgram(context, authorization);
            return;
        }
        Optional<Labeler> person = Optional.ofNullable(context.cookie(COOKIE)).flatMap(accounts::session);
        if (person.isEmpty()) {
            throw new UnauthorizedResponse("Please log in.");
        }
        context.attribute(PERSON, person.get());
        if (Requests.changes(context)) {
            Requests.requireToken(context, csrf(context));
        }
    }

    /** Changes need no CSRF token here: another site cannot make a browser send a bearer token. */
    private void guardProgram(Context context, String authorization) {
        Labeler owner = Optional.of(authorization)
                .filter(text -> text.startsWith(BEARER))
                .flatMap(text -> tokens.owner(text.substring(BEARER.length()).strip()))
                .orElseThrow(() -> new UnauthorizedResponse("This token is not known."));
        context.attribute(PERSON, owner);
    }

    /** Starts a new session, regardless of the request's cookie, against session fixation. */
    public void begin(Context context, Labeler labeler) {
        Cookie cookie = new Cookie(COOKIE, accounts.begin(labeler));
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.LAX);
        cookie.setMaxAge(SECONDS);
        cookie.setSecure(context.scheme().equals("https"));
        context.cookie(cookie);
    }

    /** Ends the session of the request. */
    public void end(Context context) {
        String secret = context.cookie(COOKIE);
        if (secret != null) {
            accounts.end(secret);
        }
        context.removeCookie(COOKIE);
    }

    @Override
    public boolean knows(Context context) {
        return context.attribute(PERSON) != null;
    }

    @Override
    public Labeler person(Context context) {
        Labeler person = context.attribute(PERSON);
        if (person == null) {
            throw new UnauthorizedResponse("Please log in.");
        }
        return person;
    }

    /** Derived from the session, which other sites cannot read. */
    @Override
    public String csrf(Context context) {
        return Hashing.sha256("csrf " + context.cookie(COOKIE));
    }

    @Override
    public boolean team(Context context) {
        return true;
    }
}
