package dev.attune.studio;

import dev.attune.feedback.Database;
import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A studio on an empty database, with the store at hand: one person's until somebody joins. */
public class FreshStudio implements AutoCloseable {
    public final Store store;
    public final Accounts accounts;
    public final Invitations invitations;
    private final StudioOptions options;
    private final Wiring wiring;
    private Studio studio;

    public FreshStudio(Database database, Path folder) {
        this(database, folder, Wiring.NONE);
    }

    /** Its runs are in the folder's "runs". */
    public FreshStudio(Database database, Path folder, Wiring wiring) {
        this.wiring = wiring;
        options = new StudioOptions(database.empty(folder), "127.0.0.1", 0, folder.resolve("runs"), 1);
        store = Store.open(options.database());
        accounts = new Accounts(store);
        invitations = new Invitations(store);
        studio = Studio.start(options, wiring);
    }

    public String address() {
        return studio.address();
    }

    /** The paths that answer GET. */
    public List<String> pages() {
        return studio.pages();
    }

    /** Adds somebody without a password: hashing one takes longer than most tests. */
    public Labeler join(String name, Role role) {
        invitations.invite(role, null); // an open invitation makes it a team's studio, as an account does
        return new Labelers(store).add(name, role);
    }

    /** A browser in which this person is logged in; nobody for null. */
    public StudioClient client(@Nullable Labeler person) {
        return new StudioClient(address(), person == null ? null : accounts.begin(person));
    }

    /** Leaves the store open, as a studio does that ends and is to be started again. */
    public void stop() {
        studio.close();
    }

    /** At another address. */
    public void startAgain() {
        studio = Studio.start(options, wiring);
    }

    @Override
    public void close() {
        studio.close();
        store.close();
    }
}
