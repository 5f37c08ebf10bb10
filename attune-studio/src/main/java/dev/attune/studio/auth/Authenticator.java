package dev.attune.studio.auth;

import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;

/** Authenticates requests. */
public interface Authenticator {
    String HEADER = "X-Csrf-Token";
    String FIELD = "csrf";

    /** Throws if a request is not allowed. Called before every other handler. */
    void guard(Context context);

    /** Whether a request passed and its sender is known. */
    boolean knows(Context context);

    /** The sender of a request that passed. */
    Labeler person(Context context);

    /** The CSRF token that a page has to send with every change. */
    String csrf(Context context);

    /** Whether the person behind a request has an account. */
    boolean team(Context context);
}
