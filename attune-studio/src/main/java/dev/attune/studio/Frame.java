package dev.attune.studio;

/**
 * What stands around every page.
 *
 * @param csrf what changes have to send along
 * @param person who looks at it; empty before a login
 * @param team whether people have accounts
 * @param manages whether the person sets up projects
 */
public record Frame(String csrf, String person, boolean team, boolean manages) {
    /** Before a login. */
    static final Frame OUTSIDE = new Frame("", "", true, false);
}
