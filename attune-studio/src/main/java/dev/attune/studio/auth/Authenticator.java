package dev.attune.studio.auth;

import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;

/** Decides whose a request is. */
public interface Authenticator {
    String HEADER = "X-Csrf-Token";
    String FIELD = "csrf";

    /** Turns a request away by throwing, or lets it pass. Called before every other handler. */
    void guard(Context context);

    /** Whether a request passed and somebody is known to have sent it. */
    boolean knows(Context context);

    /** Who sends a request that passed. */
    Labeler person(Context context);

    /** What a page has to send along with every change. */
    String csrf(Context context);

    /** Whether the person behind a request has an account. */
    boolean team(Context context);
}
