package dev.attune.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import dev.attune.studio.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody goes through a rollout in a browser. */
@Tag("browser")
@Tag("one-jvm")
class InspectorTest {
    private static final String FOCUSED = "document.activeElement.id";

    @TempDir
    Path folder;

    private Browser browser;
    private Studio studio;
    private Page page;

    @BeforeEach
    void open() throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs/ppo/rollouts"));
        Files.writeString(folder.resolve("runs/ppo/recipe.yaml"), "method: ppo\n");
        float[] numbers = {-1, -0.5f, 0, 0.5f, 1};
        RolloutFiles.write(
                run.resolve("step-3.jsonl.gz"),
                List.of(new Rollout(
                        Prompt.text("Count."),
                        "One.",
                        new int[] {1},
                        new int[] {11, 12, 13, 14, 15},
                        new int[] {1, 1, 1, 1, 1},
                        numbers,
                        numbers,
                        numbers,
                        numbers,
                        numbers,
                        numbers,
                        numbers,
                        2,
                        Map.of(),
                        Map.of(),
                        "length",
                        List.of(),
                        null)));
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        studio = Studio.start(
                new StudioOptions(database, "127.0.0.1", 0, folder.resolve("runs"), 1),
                Wiring.NONE.withTokens((any, tokens) ->
                        Arrays.stream(tokens).mapToObj(token -> "word" + token).toList()));
        browser = new Browser();
        page = browser.page(studio.address(), 900, 900);
    }

    @AfterEach
    void close() {
        assertThat(browser.complaints()).isEmpty();
        browser.close();
        studio.close();
    }

    @Test
    void arrowsMoveBetweenTokensAndEnterLeadsToTheNumbers() {
        page.getByText("Runs").click();
        page.getByText("ppo").first().click();
        page.getByText("Rollouts").click();
        page.locator("select[name=colour]").selectOption("reward");
        page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON)
                .getByText("Show")
                .click();
        page.locator("#token-0").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        assertThat(page.evaluate(FOCUSED)).isEqualTo("token-2");
        assertThat(page.locator("#token-said").textContent()).isEqualTo("2 word13: reward 0");
        page.keyboard().press("End");
        assertThat(page.evaluate(FOCUSED)).isEqualTo("token-4");
        assertThat(page.locator("[tabindex='0'].token").count())
                .as("one stop for Tab")
                .isEqualTo(1);
        assertThat(page.evaluate("getComputedStyle(document.querySelector('#token-4')).backgroundColor"))
                .as("the ends of the scale look different")
                .isNotEqualTo(page.evaluate("getComputedStyle(document.querySelector('#token-0')).backgroundColor"));
        page.keyboard().press("Enter");
        assertThat(page.url()).endsWith("#numbers-4");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/studio-inspector.png"))
                .setFullPage(true));
    }
}
