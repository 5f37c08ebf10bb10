package dev.attune.studio.door;

import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.store.Labeler;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;

/** One person's door until somebody is invited; a team's from then on. */
public final class FrontDoor implements Door {
    private static final String DOOR = "door";

    private final Accounts accounts;
    private final Door alone;
    private final Door team;
    private volatile boolean shared;

    public FrontDoor(Accounts accounts, Door alone, Door team) {
        this.accounts = accounts;
        this.alone = alone;
        this.team = team;
    }

    /** A request keeps the door that it came in by: one that invites the first person is still answered to whoever sent it. */
    private static Door of(Context context) {
        Door door = context.attribute(DOOR);
        if (door == null) {
            throw new UnauthorizedResponse("Please log in.");
        }
        return door;
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

    /** Not so before a login, or where the door turned a request away. */
    @Override
    public boolean knows(Context context) {
        Door door = context.attribute(DOOR);
        return door != null && door.knows(context);
    }

    @Override
    public void guard(Context context) {
        Door door = shared() ? team : alone;
        context.attribute(DOOR, door);
        door.guard(context);
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
