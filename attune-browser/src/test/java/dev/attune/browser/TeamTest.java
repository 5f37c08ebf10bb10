package dev.attune.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.attune.cli.process.OwnProcess;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.feedback.Ranking;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An admin and a labeler, from the first invitation to a reward model, in a studio that really trains. */
@Tag("browser")
@Tag("one-jvm")
class TeamTest {
    private static final int TASKS = 6;
    private static final int TRAINING_MILLIS = 180_000;

    @TempDir
    Path folder;

    private Browser browser;
    private Process studio;
    private String address;
    private Page admin;

    @BeforeEach
    void open() throws Exception {
        run("train", tinyRecipe().toString(), "out=" + folder.resolve("tiny"));
        String invitation =
                run("studio", "invite", "--role", "admin", "--db", database()).strip();
        studio = start(
                "studio",
                "--db",
                database(),
                "--port",
                "0",
                "--runs",
                folder.resolve("runs").toString());
        BufferedReader said =
                new BufferedReader(new InputStreamReader(studio.getInputStream(), StandardCharsets.UTF_8));
        address = String.valueOf(said.readLine()).replaceFirst(".* (http://[^/]*)/$", "$1");
        browser = new Browser();
        admin = joined(invitation.replaceFirst("^http://[^/]*", ""), "Ada");
    }

    @AfterEach
    void close() {
        browser.close();
        studio.destroyForcibly();
    }

    private String database() {
        return folder.resolve("studio.db").toString();
    }

    private Path tinyRecipe() throws IOException {
        Path data = Files.writeString(
                folder.resolve("sft.jsonl"),
                "{\"prompt\": \"Where?\", \"completion\": \" In the village.\"}\n".repeat(4));
        return Files.writeString(
                folder.resolve("tiny.yaml"),
                "method: sft\nmodel: {vocabulary: 264, width: 16, mlp: 24, layers: 1, heads: 2, context: 128}\n"
                        + "data: {path: " + data + "}\nevaluate: {split: 0}\nsteps: 1\n");
    }

    private Process start(String... arguments) throws IOException {
        return new ProcessBuilder(OwnProcess.command(List.of(), List.of(arguments)))
                .redirectError(folder.resolve("stderr.txt").toFile())
                .start();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("stderr.txt")))
                .isZero();
        return out;
    }

    /** Somebody who opens an invitation and makes an account. */
    private Page joined(String path, String name) {
        Page page = browser.page(address + path, 1200, 900);
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill("correct horse battery");
        button(page, "Join").click();
        page.waitForURL(address + "/");
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void makeProject() {
        admin.getByLabel("Name").fill("Bakers");
        button(admin, "Create").click();
        String lines = IntStream.rangeClosed(1, TASKS)
                .mapToObj(i -> "{\"prompt\": \"Where does baker " + i
                        + " live?\", \"completions\": [\"In the village.\", \"No.\"]}")
                .collect(Collectors.joining("\n"));
        admin.getByLabel("File")
                .setInputFiles(
                        new FilePayload("tasks.jsonl", "application/jsonl", lines.getBytes(StandardCharsets.UTF_8)));
        button(admin, "Add").click();
    }

    private Page invitedLabeler() {
        link(admin, "People").click();
        admin.getByLabel("Role").first().selectOption("labeler");
        button(admin, "Create a link").click();
        return joined(admin.textContent("#link").replaceFirst("^http://[^/]*", ""), "Ben");
    }

    private void assign() {
        admin.navigate(address);
        link(admin, "Bakers").click();
        link(admin, "Labelers").click();
        admin.getByLabel("Ben").check();
        button(admin, "Assign").click();
    }

    private static void rankAll(Page labeler) {
        labeler.reload();
        link(labeler, "Bakers").click();
        link(labeler, "Rank").click();
        labeler.waitForFunction("() => document.activeElement.className === 'completion'");
        labeler.onceDialog(dialog -> dialog.accept("This baker is unknown."));
        labeler.waitForResponse(response -> response.url().endsWith("/flags"), () -> button(labeler, "Flag…")
                .click());
        for (int task = 0; task < TASKS; task++) {
            Locator better = labeler.locator(".completion").filter(new Locator.FilterOptions().setHasText("village"));
            better.focus();
            labeler.keyboard().press("1");
            labeler.locator(".completion")
                    .filter(new Locator.FilterOptions().setHasText("No."))
                    .focus();
            labeler.keyboard().press("2");
            Object before = labeler.evaluate("document.querySelector('#rank').dataset.submission");
            labeler.keyboard().press("Enter");
            labeler.waitForFunction(
                    "before => document.readyState === 'complete'"
                            + " && document.querySelector('#rank')?.dataset.submission !== before",
                    before);
        }
        assertThat(labeler.textContent("main")).contains("Nothing is left to rank");
    }

    private void review() {
        admin.navigate(address);
        link(admin, "Bakers").click();
        link(admin, "Review").click();
        assertThat(admin.textContent("main")).contains("This baker is unknown.");
    }

    private List<Ranking> export() {
        Path file = folder.resolve("rankings.jsonl");
        admin.navigate(address);
        link(admin, "Bakers").click();
        admin.waitForDownload(() -> link(admin, "Export rankings").click()).saveAs(file);
        return Dataset.read(file, ReadOptions.defaults()).rankings();
    }

    private void train() {
        link(admin, "Train with these rankings").click();
        admin.getByLabel("Initial model").fill(folder.resolve("tiny/model").toString());
        admin.getByLabel("Steps").fill("3");
        button(admin, "Train a reward model").click();
        link(admin, "Reward model").click();
        admin.waitForFunction(
                "() => document.querySelector('#run').dataset.state === 'finished'",
                null,
                new Page.WaitForFunctionOptions().setTimeout(TRAINING_MILLIS));
    }

    @Test
    void fromAnInvitationToARewardModel() {
        makeProject();
        Page labeler = invitedLabeler();
        assertThat(labeler.textContent("main")).doesNotContain("Bakers");
        assign();
        rankAll(labeler);
        review();
        assertThat(export()).hasSize(TASKS).allSatisfy(ranking -> {
            assertThat(ranking.labeler()).isEqualTo("Ben");
            assertThat(ranking.order()).containsExactly(List.of(0), List.of(1));
        });
        train();
        assertThat(folder.resolve("runs/bakers/reward-1/run/model/config.json")).exists();
        assertThat(browser.complaints()).isEmpty();
    }
}
