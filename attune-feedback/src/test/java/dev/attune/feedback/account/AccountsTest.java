package dev.attune.feedback.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.HandClock;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private Store store;
    private Accounts accounts;

    @BeforeEach
    void open() {
        store = Store.open(StoreUrl.parse(folder.resolve("studio.db").toString()), clock);
        accounts = new Accounts(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anInvitationMakesOneAccount() {
        assertThat(accounts.any()).isFalse();
        String secret = accounts.invite(Role.ADMIN, null);
        assertThat(accounts.invitation(secret)).contains(Role.ADMIN);
        Labeler ann = accounts.accept(secret, " Ann ", PASSWORD);
        assertThat(ann.name()).isEqualTo("Ann");
        assertThat(ann.role()).isEqualTo(Role.ADMIN);
        assertThat(accounts.any()).isTrue();
        assertThat(accounts.invitation(secret)).isEmpty();
        assertThatThrownBy(() -> accounts.accept(secret, "Bob", PASSWORD))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("used or is out of date");
    }

    @Test
    void invitationsEnd() {
        String secret = accounts.invite(Role.LABELER, null);
        clock.turn(Duration.ofDays(7));
        assertThat(accounts.invitation(secret)).isEmpty();
        assertThat(accounts.invitation("something else")).isEmpty();
    }

    @Test
    void onlyTheRightPasswordOpens() {
        accounts.accept(accounts.invite(Role.LABELER, null), "Ann", PASSWORD);
        assertThat(accounts.login("Ann", PASSWORD)).map(Labeler::name).contains("Ann");
        assertThat(accounts.login("Ann", PASSWORD + " ")).isEmpty();
        assertThat(accounts.login("Bob", PASSWORD)).isEmpty();
        assertThat(accounts.login("' OR '1'='1", "' OR '1'='1")).isEmpty();
        assertThat(accounts.login("Ann", "x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void aSessionEndsByTimeOrByHand() {
        Labeler ann = accounts.accept(accounts.invite(Role.LABELER, null), "Ann", PASSWORD);
        String first = accounts.begin(ann);
        String second = accounts.begin(ann);
        assertThat(accounts.session(first)).contains(ann);
        accounts.end(first);
        assertThat(accounts.session(first)).isEmpty();
        assertThat(accounts.session(second)).contains(ann);
        clock.turn(Duration.ofDays(14));
        assertThat(accounts.session(second)).isEmpty();
    }

    @Test
    void secretsAreNotInTheStore() {
        String invitation = accounts.invite(Role.LABELER, null);
        String session = accounts.begin(accounts.accept(invitation, "Ann", PASSWORD));
        for (String table : new String[] {"password", "session", "invitation", "event"}) {
            String all = store.read(handle -> handle.createQuery("SELECT * FROM " + table)
                    .mapToMap()
                    .list()
                    .toString());
            assertThat(all).doesNotContain(PASSWORD, session, invitation);
        }
    }

    @Test
    void shortPasswordsAreRefused() {
        String secret = accounts.invite(Role.LABELER, null);
        assertThatThrownBy(() -> accounts.accept(secret, "Ann", "too short")).hasMessageContaining("10 to 200");
        assertThat(accounts.invitation(secret))
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
        clock.turn(Duration.ofMinutes(15));
        assertThat(guard.waitMillis("Ann")).isZero();
        guard.succeeded("Ann");
        guard.failed("Ann");
        assertThat(guard.waitMillis("Ann")).isZero();
    }
}
