package dev.attune.studio.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.feedback.Database;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioClient;
import dev.attune.studio.StudioOptions;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A team's studio: who comes in, and what each may see. */
@ParameterizedClass
@EnumSource(Database.class)
class TeamStudioTest {
    private static final String PASSWORD = Team.PASSWORD;

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private Team team;
    private Project open;
    private Project closed;
    private String labeler;
    private String admin;

    @BeforeEach
    void start() {
        team = new Team(database, folder);
        open = team.open;
        closed = team.closed;
        admin = team.accounts.begin(team.ada);
        labeler = team.accounts.begin(team.ben);
    }

    @AfterEach
    void stop() {
        team.close();
    }

    private StudioClient client(@Nullable String session) {
        return new StudioClient(team.address(), session);
    }

    private HttpResponse<String> get(String path, @Nullable String session) throws IOException, InterruptedException {
        return client(session).get(path);
    }

    private HttpResponse<String> post(String path, @Nullable String session, String body)
            throws IOException, InterruptedException {
        return client(session).form(path, body);
    }

    private HttpResponse<String> login(String name, String password) throws IOException, InterruptedException {
        return post("/login", null, "name=" + name + "&password=" + password.replace(" ", "+"));
    }

    private static String session(HttpResponse<String> response) {
        String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").containsIgnoringCase("SameSite=Lax");
        return StudioClient.first("attune_session=([^;]+)", cookie);
    }

    private String csrf(String session) throws IOException, InterruptedException {
        return client(session).csrf();
    }

    @Test
    void nobodyComesInWithoutAnAccount() throws Exception {
        for (String path : List.of("/", "/projects/" + open.id(), "/projects/" + open.id() + "/rankings.jsonl")) {
            HttpResponse<String> answer = get(path, null);
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
        }
        assertThat(post("/projects", null, "name=x").statusCode()).isEqualTo(401);
        assertThat(get("/", "made-up").statusCode()).isEqualTo(302);
        assertThat(get("/login", null).statusCode()).isEqualTo(200);
        assertThat(get("/assets/studio.css", null).statusCode()).isEqualTo(200);
    }

    @Test
    void aLoginGivesASessionOfItsOwn() throws Exception {
        HttpResponse<String> in = StudioClient.send(client("fixed-by-somebody")
                .request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=Ada&password=" + PASSWORD.replace(" ", "+"))));
        String session = session(in);
        assertThat(session).isNotEqualTo("fixed-by-somebody");
        assertThat(get("/", "fixed-by-somebody").statusCode()).isEqualTo(302);
        assertThat(get("/", session).body()).contains("Ada", "Open project", "Closed project");
        assertThat(post("/logout", session, "csrf=" + csrf(session)).statusCode())
                .isEqualTo(302);
        assertThat(get("/", session).statusCode()).as("after the logout").isEqualTo(302);
    }

    @Test
    void guessingIsSlowedDown() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(login("Ben", "guess number " + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> sixth = login("Ben", PASSWORD);
        assertThat(sixth.statusCode()).as("even the right one has to wait").isEqualTo(429);
        assertThat(sixth.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void anInvitationOpensOnce() throws Exception {
        String secret = team.invitations.invite(Role.REVIEWER, null);
        assertThat(get("/join/" + secret, null).body()).contains("Join as reviewer");
        assertThat(post("/join/" + secret, null, "name=Cem&password=short").body())
                .contains("10 to 200");
        HttpResponse<String> joined = post("/join/" + secret, null, "name=Cem&password=long+enough+words");
        assertThat(get("/", session(joined)).body()).contains("Cem");
        assertThat(get("/join/" + secret, null).statusCode()).isEqualTo(404);
        assertThat(post("/join/" + secret, null, "name=Dee&password=long+enough+words")
                        .statusCode())
                .isEqualTo(404);
    }

    /** Before there is any account: nobody but the invited person comes in, and that person does. */
    @Test
    void theFirstInvitationBeginsATeam() throws Exception {
        StoreUrl url = database.empty(folder);
        String secret;
        try (Store empty = Store.open(url)) {
            secret = new Invitations(empty).invite(Role.ADMIN, null);
        }
        try (Studio fresh = Studio.start(new StudioOptions(url, "127.0.0.1", 0))) {
            StudioClient nobody = new StudioClient(fresh.address(), null);
            assertThat(nobody.get("/").statusCode()).isEqualTo(302);
            HttpResponse<String> joined = nobody.form("/join/" + secret, "name=Ada&password=long+enough+words");
            assertThat(new StudioClient(fresh.address(), session(joined))
                            .get("/")
                            .body())
                    .contains("New project");
        }
    }

    @Test
    void aLabelerSeesWhatIsAssignedAndNothingElse() throws Exception {
        assertThat(get("/", labeler).body()).contains("Open project").doesNotContain("Closed project", "New project");
        assertThat(get("/projects/" + open.id() + "/rank", labeler).body()).contains("Hello?");
        for (String path : List.of(
                "/projects/" + closed.id(),
                "/projects/" + closed.id() + "/rank",
                "/projects/" + closed.id() + "/rankings.jsonl")) {
            assertThat(get(path, labeler).statusCode()).as(path).isIn(403, 404);
        }
        assertThat(get("/projects/" + open.id() + "/rankings.jsonl", labeler).statusCode())
                .isEqualTo(403);
        String csrf = csrf(labeler);
        assertThat(post("/projects", labeler, "csrf=" + csrf + "&name=Mine&criterion=helpful&overlap=1")
                        .statusCode())
                .isEqualTo(403);
        for (String what : List.of("rankings", "skips", "flags")) {
            HttpResponse<String> answer = StudioClient.send(client(labeler)
                    .request("/tasks/" + team.closedTask + "/" + what)
                    .header("X-Csrf-Token", csrf)
                    .POST(BodyPublishers.ofString("{\"reason\": \"mine\"}")));
            assertThat(answer.statusCode()).as(what).isEqualTo(404);
        }
    }

    @Test
    void changesNeedTheSessionsOwnTokenAndThisSite() throws Exception {
        String body = "name=Other&criterion=helpful&overlap=1";
        assertThat(post("/projects", admin, body).statusCode()).isEqualTo(403);
        assertThat(post("/projects", admin, "csrf=" + csrf(labeler) + "&" + body)
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> elsewhere = StudioClient.send(client(admin)
                .request("/projects")
                .header("Origin", "https://evil.example")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("csrf=" + csrf(admin) + "&" + body)));
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(new Projects(team.store).all()).hasSize(2);
        assertThat(post("/projects", admin, "csrf=" + csrf(admin) + "&" + body).statusCode())
                .isEqualTo(302);
    }

    @Test
    void enormousBodiesAreRefused() throws Exception {
        String csrf = csrf(labeler);
        String person = team.ben.id();
        String task = new Queue(team.store).next(open, person).orElseThrow().task();
        try {
            HttpResponse<String> answer = StudioClient.send(client(labeler)
                    .request("/tasks/" + task + "/draft")
                    .header("X-Csrf-Token", csrf)
                    .PUT(BodyPublishers.ofString("x".repeat(10_000_000))));
            assertThat(answer.statusCode()).isEqualTo(413);
        } catch (IOException hungUp) {
            // the server need not read on: whether its answer is seen depends on who is quicker
            assertThat(get("/", labeler).statusCode()).isEqualTo(200);
        }
        assertThat(new Queue(team.store).next(open, person).orElseThrow().draft())
                .isNull();
    }
}
