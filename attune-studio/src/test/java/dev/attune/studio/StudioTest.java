package dev.attune.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.Database;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The studio over HTTP, as a browser speaks to it. */
@ParameterizedClass
@EnumSource(Database.class)
class StudioTest {
    @Parameter
    Database database;

    @TempDir
    Path folder;

    private FreshStudio studio;
    private StudioClient client;

    @BeforeEach
    void start() {
        studio = new FreshStudio(database, folder);
        client = studio.client(null);
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private String project() throws IOException, InterruptedException {
        return StudioClient.after(
                client.post("/projects", "name=Kind&criterion=helpful&overlap=1&guideline=Be+*fair*."));
    }

    private void addTasks(String project, String lines) throws IOException, InterruptedException {
        HttpResponse<String> added = client.upload(project + "/tasks", StudioClient.file("t.jsonl", lines));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(302);
    }

    private HttpResponse<String> rank(String page, String judgement) throws IOException, InterruptedException {
        String task = StudioClient.first("data-task=\"([^\"]+)\"", page);
        return StudioClient.send(client.request("/tasks/" + task + "/rankings")
                .header("X-Csrf-Token", client.csrf())
                .POST(BodyPublishers.ofString("{\"id\": \"" + StudioClient.first("data-submission=\"([^\"]+)\"", page)
                        + "\", \"judgements\": [" + judgement + "], \"seconds\": 3}")));
    }

    @Test
    void fromAProjectToAnExportedRanking() throws Exception {
        String project = project();
        addTasks(
                project, "{\"prompt\": \"Hello?\", \"completions\": [\"Hi!\", {\"text\": \"No.\", \"model\": \"m\"}]}");
        assertThat(client.get(project).body()).contains("0 of 1 ranked", "<em>fair</em>");
        String page = client.get(project + "/rank").body();
        assertThat(page).contains("Hello?", "Hi!", "No.").doesNotContain("\"m\"");
        String judgement = "{\"criterion\": \"helpful\", \"order\": [[0], [1]], \"unranked\": [], \"all_bad\": false}";
        assertThat(rank(page, judgement).statusCode()).isEqualTo(204);
        assertThat(rank(page, judgement).statusCode()).as("sent again").isEqualTo(204);
        assertThat(client.get(project + "/rank").body()).contains("Nothing is left to rank");
        assertThat(client.get(project + "/rankings.jsonl").body())
                .hasLineCount(1)
                .contains("\"order\":[[0],[1]]", "\"criterion\":\"helpful\"", "\"guideline\":\"1\"");
    }

    @Test
    void thePagesLetNothingInFromElsewhere() throws Exception {
        HttpResponse<String> home = client.get("/");
        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'");
        assertThat(home.body()).doesNotContain("http://", "https://", "<style", "onclick");
    }

    @Test
    void markupInPromptsAndCompletionsIsShownAsText() throws Exception {
        String project = project();
        addTasks(
                project,
                "{\"prompt\": \"<script>alert(1)</script>\", \"completions\": [\"<img src=x onerror=alert(2)>\","
                        + " \"[a](javascript:alert(3)) <b>bold</b>\"]}");
        assertThat(client.get(project + "/rank").body())
                .contains("&lt;script&gt;alert(1)", "&lt;img src=x", "&lt;b&gt;bold")
                .doesNotContain("<script>alert", "<img", "\"javascript:alert", "<b>");
    }

    @Test
    void changesNeedTheTokenOfAPage() throws Exception {
        String project = project();
        assertThat(client.form("/projects", "name=Other&criterion=helpful&overlap=1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.form("/projects", "csrf=0123&name=Other&criterion=helpful&overlap=1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.form(project + "/guidelines", "guideline=mine").statusCode())
                .isEqualTo(403);
        assertThat(client.get("/").body()).doesNotContain("Other");
    }

    @Test
    void otherSitesAreTurnedAway() throws Exception {
        for (String origin : new String[] {"https://evil.example", "null", "http://127.0.0.1.evil.example"}) {
            assertThat(StudioClient.send(client.request("/").header("Origin", origin))
                            .statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(StudioClient.send(client.request("/").header("Origin", "http://localhost:99"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void wrongInputIsRefusedInALine() throws Exception {
        String csrf = client.csrf();
        HttpResponse<String> noCriterion = client.form("/projects", "csrf=" + csrf + "&name=A&overlap=1");
        assertThat(noCriterion.statusCode()).isEqualTo(422);
        assertThat(noCriterion.body()).contains("no criterion").doesNotContain("\n");
        assertThat(client.form("/projects", "csrf=" + csrf + "&name=A&criterion=helpful&overlap=many")
                        .body())
                .contains("'many'");
        assertThat(client.get("/projects/nothing").statusCode()).isEqualTo(404);
        assertThat(client.get("/assets/../../../../etc/passwd").statusCode()).isIn(400, 404);
    }

    @Test
    void whoeverLooksAtPagesIsToldSoOnAPage() throws Exception {
        HttpResponse<String> page =
                StudioClient.send(client.request("/projects/nothing").header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("<h1>The request failed</h1>", "There is no such project.", "</html>");
        HttpResponse<String> outside = StudioClient.send(
                client.request("/").header("Origin", "https://evil.example").header("Accept", "text/html"));
        assertThat(outside.statusCode()).isEqualTo(403);
        assertThat(outside.body()).contains("another site").doesNotContain(">Runs<");
    }

    @Test
    void onePersonsStudioBecomesATeamsWithoutAStartOfItsOwn() throws Exception {
        String people = client.get("/people").body();
        String invitation = StudioClient.first("action=\"(/people/[0-9a-f]+/password)\"", people);
        String page = client.post(invitation, "").body();
        assertThat(page).contains("From now on everybody has to log in");
        assertThat(client.get("/").statusCode()).isEqualTo(302);
        String link = StudioClient.first("id=\"link\">http://[^/]+(/join/[^<]+)<", page);
        HttpResponse<String> joined = client.form(link, "password=long+enough+words");
        assertThat(client.letInBy(joined).get("/people").body()).contains("Create a link");
    }

    @Test
    void aPublicAddressNeedsAccounts() {
        StudioOptions options = new StudioOptions(database.empty(folder), "0.0.0.0", 0);
        assertThatThrownBy(() -> Studio.start(options))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("without accounts");
    }
}
