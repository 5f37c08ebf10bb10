package dev.attune.studio.page;

import dev.attune.feedback.store.Labeler;

/**
 * The frame around every page.
 *
 * @param csrf the token that changes have to send
 * @param person name of the person; empty before a login
 * @param role of the person
 * @param team whether people have accounts
 */
public record Frame(String csrf, String person, Labeler.Role role, boolean team) {
    /** Before a login. */
    static final Frame OUTSIDE = new Frame("", "", Labeler.Role.LABELER, true);

    /** Whether the person sets up projects. */
    public boolean manages() {
        return role.compareTo(Labeler.Role.REVIEWER) >= 0;
    }

    /** Whether the person is an admin. */
    public boolean admin() {
        return role == Labeler.Role.ADMIN;
    }
}
