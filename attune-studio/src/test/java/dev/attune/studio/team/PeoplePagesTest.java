package dev.attune.studio.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.feedback.Database;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Members;
import dev.attune.studio.StudioClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Inviting, assigning, tokens and the log, as people use them. */
@ParameterizedClass
@EnumSource(Database.class)
class PeoplePagesTest {
    @Parameter
    Database database;

    @TempDir
    Path folder;

    private Team team;
    private StudioClient admin;
    private StudioClient labeler;

    @BeforeEach
    void start() {
        team = new Team(database, folder);
        admin = team.client(team.ada);
        labeler = team.client(team.ben);
    }

    @AfterEach
    void stop() {
        team.close();
    }

    @Test
    void anAdminInvitesAndAssigns() throws Exception {
        String page = admin.post("/people/invitations", "role=labeler").body();
        String link = StudioClient.first("id=\"link\">http://[^/]+(/join/[^<]+)<", page);
        HttpResponse<String> joined =
                team.client(null).form(link, "name=%3Cb%3ECem%3C%2Fb%3E&password=" + "long+enough+words");
        StudioClient cem = admin.letInBy(joined);
        assertThat(cem.get("/").body()).doesNotContain("Open project", "<b>Cem");
        String people = admin.get("/projects/" + team.closed.id() + "/people").body();
        assertThat(people).contains("&lt;b&gt;Cem").doesNotContain("<b>Cem");
        String id = StudioClient.first("value=\"([0-9a-f]{32})\"> &lt;b&gt;Cem", people);
        admin.post("/projects/" + team.closed.id() + "/people", "person=" + id);
        assertThat(cem.get("/").body()).contains("Closed project").doesNotContain("Open project");
        admin.post("/projects/" + team.closed.id() + "/people/" + id + "/removal", "");
        assertThat(cem.get("/").body()).doesNotContain("Closed project");
        assertThat(new Members(team.store).of(team.closed.id())).isEmpty();
    }

    @Test
    void aForgottenPasswordIsReplacedByALink() throws Exception {
        String page = admin.post("/people/" + team.ben.id() + "/password", "").body();
        String link = StudioClient.first("id=\"link\">http://[^/]+(/join/[^<]+)<", page);
        assertThat(team.client(null).get(link).body()).contains("New password for Ben");
        team.client(null).form(link, "password=another+good+password");
        assertThat(labeler.get("/").statusCode()).as("logged out").isEqualTo(302);
        assertThat(team.accounts.login("Ben", "another good password")).contains(team.ben);
    }

    @Test
    void rolesChangeAndAccountsEnd() throws Exception {
        admin.post("/people/" + team.ben.id() + "/role", "role=reviewer");
        assertThat(labeler.get("/").body()).contains("New project");
        assertThat(admin.post("/people/" + team.ada.id() + "/role", "role=labeler")
                        .statusCode())
                .isEqualTo(422);
        assertThat(admin.post("/people/" + team.ben.id() + "/role", "role=king").statusCode())
                .isEqualTo(422);
        admin.post("/people/" + team.ben.id() + "/closing", "");
        assertThat(labeler.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void nobodyElseMayDoThat() throws Exception {
        Labeler rita = team.invitations.accept(team.invitations.invite(Role.REVIEWER, null), "Rita", Team.PASSWORD);
        for (StudioClient client : List.of(labeler, team.client(rita))) {
            assertThat(client.get("/people").statusCode()).isEqualTo(403);
            assertThat(client.get("/audit").statusCode()).isEqualTo(403);
            for (String path : List.of("/people/invitations", "/people/" + team.ada.id() + "/closing")) {
                assertThat(client.post(path, "role=admin").statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
        }
        String members = "/projects/" + team.open.id() + "/people";
        assertThat(labeler.get(members).statusCode()).isEqualTo(403);
        assertThat(labeler.post(members, "person=" + team.ben.id()).statusCode())
                .isEqualTo(403);
        assertThat(admin.form("/people/invitations", "role=admin").statusCode())
                .as("without the page's token")
                .isEqualTo(403);
    }

    @Test
    void aProgramComesInWithAToken() throws Exception {
        String secret = StudioClient.first(
                "id=\"secret\">([^<]+)<",
                admin.post("/account/tokens", "name=nightly+export").body());
        StudioClient program = team.client(null);
        String export = "/projects/" + team.closed.id() + "/rankings.jsonl";
        assertThat(StudioClient.send(program.request(export).header("Authorization", "Bearer " + secret))
                        .statusCode())
                .isEqualTo(200);
        assertThat(StudioClient.send(program.request(export).header("Authorization", "Bearer wrong"))
                        .statusCode())
                .isNotEqualTo(200);
        assertThat(admin.get("/account").body()).contains("nightly export").doesNotContain(secret);
        String id = StudioClient.first(
                "/account/tokens/([0-9a-f]+)/removal", admin.get("/account").body());
        labeler.post("/account/tokens/" + id + "/removal", "");
        assertThat(admin.get("/account").body()).as("nobody removes another's").contains("nightly export");
        admin.post("/account/tokens/" + id + "/removal", "");
        assertThat(StudioClient.send(program.request(export).header("Authorization", "Bearer " + secret))
                        .statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void theLogIsThere() throws Exception {
        labeler.post("/account/tokens", "name=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        String log = admin.get("/audit").body();
        assertThat(log).contains("token-added", "Ben", "&lt;script&gt;").doesNotContain("<script>alert");
        assertThat(admin.get("/audit?kind=invited").body()).contains("Ada").doesNotContain("<td>token-added");
        assertThat(admin.get("/audit?kind=%27%20OR%201%3D1--").body()).doesNotContain("<td>Ada");
    }
}
