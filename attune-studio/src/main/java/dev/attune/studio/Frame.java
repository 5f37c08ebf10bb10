package dev.attune.studio;

import dev.attune.feedback.store.Labeler;

/**
 * What stands around every page.
 *
 * @param csrf what changes have to send along
 * @param person who looks at it; empty before a login
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

    /** Whether the person looks after people. */
    public boolean admin() {
        return role == Labeler.Role.ADMIN;
    }
}
