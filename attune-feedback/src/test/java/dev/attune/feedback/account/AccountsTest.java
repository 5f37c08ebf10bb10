package dev.attune.feedback.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.Database;
import dev.attune.feedback.ManualClock;
import dev.attune.feedback.store.Events;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class AccountsTest {
    private static final String PASSWORD = "correct horse battery";

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private Store store;
    private Accounts accounts;
    private Invitations invitations;

    @BeforeEach
    void open() {
        store = Store.open(database.empty(folder), clock);
        accounts = new Accounts(store);
        invitations = new Invitations(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anInvitationMakesOneAccount() {
        assertThat(accounts.any()).isFalse();
        String secret = invitations.invite(Role.ADMIN, null);
        assertThat(invitations.find(secret)).contains(new Invitations.Invitation(Role.ADMIN, null));
        Labeler ann = invitations.accept(secret, " Ann ", PASSWORD);
        assertThat(ann.name()).isEqualTo("Ann");
        assertThat(ann.role()).isEqualTo(Role.ADMIN);
        assertThat(accounts.any()).isTrue();
        assertThat(invitations.find(secret)).isEmpty();
        assertThatThrownBy(() -> invitations.accept(secret, "Bob", PASSWORD))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("used or has expired");
    }

    /** Each would still leave the other, if it did not see what the other does. */
    @Test
    void twoAdminsDoNotTakeEachOthersPlace() throws Exception {
        People people = new People(store);
        Labeler ann = invitations.accept(invitations.invite(Role.ADMIN, null), "Ann", PASSWORD);
        Labeler bob = invitations.accept(invitations.invite(Role.ADMIN, null), "Bob", PASSWORD);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 10; i++) {
                List<Callable<Boolean>> both =
                        List.of(() -> lowered(people, ann, bob), () -> lowered(people, bob, ann));
                List<Boolean> done = new ArrayList<>();
                for (Future<Boolean> one : threads.invokeAll(both)) {
                    done.add(one.get());
                }
                assertThat(done).containsExactlyInAnyOrder(true, false);
                people.changeRole(ann, Role.ADMIN, bob.id());
                people.changeRole(bob, Role.ADMIN, ann.id());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean lowered(People people, Labeler person, Labeler author) {
        try {
            people.changeRole(person, Role.LABELER, author.id());
            return true;
        } catch (BadInputException e) {
            return false;
        }
    }

    @Test
    void invitationsEnd() {
        String secret = invitations.invite(Role.LABELER, null);
        clock.advance(Duration.ofDays(7));
        assertThat(invitations.find(secret)).isEmpty();
        assertThat(invitations.find("something else")).isEmpty();
        assertThatThrownBy(() -> invitations.accept("something else", "Ann", "short"))
                .hasMessageContaining("used or has expired");
    }

    @Test
    void onlyTheRightPasswordOpens() {
        invitations.accept(invitations.invite(Role.LABELER, null), "Ann", PASSWORD);
        assertThat(accounts.login("Ann", PASSWORD)).map(Labeler::name).contains("Ann");
        assertThat(accounts.login("Ann", PASSWORD + " ")).isEmpty();
        assertThat(accounts.login("Bob", PASSWORD)).isEmpty();
        assertThat(accounts.login("' OR '1'='1", "' OR '1'='1")).isEmpty();
        assertThat(accounts.login("Ann", "x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void aSessionEndsByTimeOrByHand() {
        Labeler ann = invitations.accept(invitations.invite(Role.LABELER, null), "Ann", PASSWORD);
        String first = accounts.begin(ann);
        String second = accounts.begin(ann);
        assertThat(accounts.session(first)).contains(ann);
        accounts.end(first);
        assertThat(accounts.session(first)).isEmpty();
        assertThat(accounts.session(second)).contains(ann);
        clock.advance(Duration.ofDays(14));
        assertThat(accounts.session(second)).isEmpty();
    }

    @Test
    void secretsAreNotInTheStore() {
        String invitation = invitations.invite(Role.LABELER, null);
        String session = accounts.begin(invitations.accept(invitation, "Ann", PASSWORD));
        for (String table : new String[] {"password", "session", "invitation", "event"}) {
            String all = store.read(handle -> handle.createQuery("SELECT * FROM " + table)
                    .mapToMap()
                    .list()
                    .toString());
            assertThat(all).doesNotContain(PASSWORD, session, invitation);
        }
    }

    @Test
    void anotherInvitationGivesAPersonWhoIsKnownANewPassword() {
        Labeler alone = new Labelers(store).add("Ann", Role.REVIEWER);
        Labeler same = invitations.accept(invitations.inviteAgain(alone, null), "somebody else", PASSWORD);
        assertThat(same).isEqualTo(alone);
        String session = accounts.begin(alone);
        invitations.accept(invitations.inviteAgain(alone, null), "", "another good password");
        assertThat(accounts.login("Ann", PASSWORD)).isEmpty();
        assertThat(accounts.login("Ann", "another good password")).contains(alone);
        assertThat(accounts.session(session))
                .as("whoever knew the old one is logged out")
                .isEmpty();
    }

    @Test
    void aTokenOpensUntilItIsRemovedByItsOwner() {
        Labeler ann = new Labelers(store).add("Ann", Role.REVIEWER);
        Labeler bob = new Labelers(store).add("Bob", Role.ADMIN);
        ApiTokens tokens = new ApiTokens(store);
        String secret = tokens.add(ann, " nightly export ");
        assertThat(tokens.of(ann)).singleElement().satisfies(token -> {
            assertThat(token.name()).isEqualTo("nightly export");
            assertThat(token.used()).isNull();
        });
        assertThat(tokens.owner(secret)).contains(ann);
        assertThat(tokens.owner("' OR '1'='1")).isEmpty();
        String id = tokens.of(ann).get(0).id();
        assertThat(tokens.of(ann).get(0).used()).isEqualTo(clock.millis());
        tokens.remove(bob, id);
        assertThat(tokens.owner(secret)).contains(ann);
        tokens.remove(ann, id);
        assertThat(tokens.owner(secret)).isEmpty();
        assertThatThrownBy(() -> tokens.add(ann, " ")).hasMessageContaining("1 to 100");
    }

    @Test
    void somebodyStaysAnAdmin() {
        People people = new People(store);
        Labeler ann = invitations.accept(invitations.invite(Role.ADMIN, null), "Ann", PASSWORD);
        Labeler bob = invitations.accept(invitations.invite(Role.LABELER, null), "Bob", PASSWORD);
        String token = new ApiTokens(store).add(bob, "script");
        String session = accounts.begin(bob);
        assertThatThrownBy(() -> people.changeRole(ann, Role.LABELER, ann.id())).hasMessageContaining("admin");
        assertThatThrownBy(() -> people.closeAccount(ann, ann.id())).hasMessageContaining("admin");
        assertThat(accounts.login("Ann", PASSWORD)).as("nothing is half done").contains(ann);
        people.changeRole(bob, Role.ADMIN, ann.id());
        people.closeAccount(ann, bob.id());
        assertThat(accounts.login("Ann", PASSWORD)).isEmpty();
        people.changeRole(bob, Role.ADMIN, bob.id());
        assertThat(people.all())
                .extracting(person ->
                        person.labeler().name() + " " + person.labeler().role().configName() + " " + person.account())
                .containsExactly("Ann admin false", "Bob admin true");
        Labeler cem = invitations.accept(invitations.invite(Role.LABELER, null), "Cem", PASSWORD);
        people.changeRole(cem, Role.ADMIN, bob.id());
        people.closeAccount(bob, cem.id());
        assertThat(accounts.session(session)).isEmpty();
        assertThat(new ApiTokens(store).owner(token)).isEmpty();
    }

    @Test
    void theLogTellsWhatHappenedNewestFirst() {
        Labeler ann = invitations.accept(invitations.invite(Role.ADMIN, null), "Ann", PASSWORD);
        clock.advance(Duration.ofSeconds(1));
        accounts.begin(ann);
        clock.advance(Duration.ofSeconds(1));
        accounts.begin(ann);
        Events events = new Events(store);
        assertThat(events.page(null, null, 2)).hasSize(2).allSatisfy(event -> {
            assertThat(event.kind()).isEqualTo("logged-in");
            assertThat(event.actor()).isEqualTo("Ann");
        });
        Events.Event second = events.page(null, null, 2).get(1);
        assertThat(second.time()).isEqualTo(clock.millis() - 1000);
        assertThat(events.page(null, second.id(), 10))
                .extracting(Events.Event::kind)
                .containsExactlyInAnyOrder("labeler-added", "password-set", "invited");
        assertThat(events.page("invited", null, 10))
                .extracting(Events.Event::actor)
                .containsExactly("command-line");
        assertThat(events.kinds()).containsExactly("invited", "labeler-added", "logged-in", "password-set");
    }

    @Test
    void shortPasswordsAreRefused() {
        String secret = invitations.invite(Role.LABELER, null);
        assertThatThrownBy(() -> invitations.accept(secret, "Ann", "too short")).hasMessageContaining("10 to 200");
        assertThat(invitations.find(secret))
                .as("and the invitation is not spent")
                .isPresent();
    }

    @Test
    void guessingTakesLongerAndLonger() {
        LoginGuard guard = new LoginGuard(clock);
        for (int i = 0; i < 4; i++) {
            guard.failed("Ann");
            assertThat(guard.waitMillis("Ann")).isZero();
        }
        guard.failed("Ann");
        assertThat(guard.waitMillis("Ann")).isEqualTo(1000);
        guard.failed("Ann");
        assertThat(guard.waitMillis("Ann")).isEqualTo(2000);
        for (int i = 0; i < 100; i++) {
            guard.failed("Ann");
        }
        assertThat(guard.waitMillis("Ann")).isEqualTo(15 * 60_000);
        assertThat(guard.waitMillis("Bob")).isZero();
        clock.advance(Duration.ofMinutes(15));
        assertThat(guard.waitMillis("Ann")).isZero();
        guard.succeeded("Ann");
        guard.failed("Ann");
        assertThat(guard.waitMillis("Ann")).isZero();
    }
}
