package dev.attune.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.studio.Models;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import dev.attune.studio.Wiring;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody registers models, compares them and has them draw completions, in a browser. */
@Tag("browser")
@Tag("one-jvm")
class PlaygroundTest {
    @TempDir
    Path folder;

    private Browser browser;
    private Studio studio;
    private Page page;

    /** A model that takes its time, so that pages are seen while it is at work. */
    private record Slow(String name) implements TextModel {
        @Override
        public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
            try {
                Thread.sleep(400);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return IntStream.range(0, prompts.size())
                    .mapToObj(row -> new TextCompletion(
                            "An answer of **" + name + "**, seed " + seed + " row " + row,
                            5,
                            -1,
                            TextCompletion.StopReason.END_TOKEN))
                    .toList();
        }

        @Override
        public void close() {}
    }

    private static final Models MODELS = new Models() {
        @Override
        public TextModel text(String address) {
            return new Slow(address);
        }

        @Override
        public ScoringModel scoring(String address) {
            return NONE.scoring(address);
        }
    };

    @BeforeEach
    void open() {
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        studio = Studio.start(new StudioOptions(database, "127.0.0.1", 0), Wiring.of(MODELS));
        browser = new Browser();
        page = browser.page(studio.address(), 1200, 900);
        link("Models").click();
        for (String name : List.of("before", "after")) {
            page.getByLabel("Name (cannot be changed").fill(name);
            page.getByLabel("Directory, or address of the server").fill("runs/" + name);
            button("Add").click();
            assertThat(page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(name)))
                    .isVisible();
        }
    }

    @AfterEach
    void close() {
        assertThat(browser.complaints()).isEmpty();
        browser.close();
        studio.close();
    }

    private Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void twoModelsAreComparedWithHiddenNames() {
        link("Playground").click();
        page.getByLabel("Blind: hide").check();
        page.getByLabel("Message").fill("Where does the baker live?");
        button("Send").click();
        assertThat(page.locator("article .text")).hasCount(2);
        assertThat(page.locator("article h3").first()).hasText("A");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/studio-playground.png")));
        button("A is better").click();
        assertThat(page.locator("article h3").first()).containsText("A: ");
        page.getByLabel("Message").fill("And the miller?");
        button("Send").click();
        assertThat(page.locator("article .text")).hasCount(4);
        link("Projects").first().click();
        assertThat(page.locator("main")).containsText("1 of 1 ranked");
    }

    @Test
    void theProgressOfASamplingJobMovesByItself() {
        page.navigate(studio.address());
        page.getByLabel("Name").fill("Kind answers");
        button("Create").click();
        link("Sample completions").click();
        page.getByLabel("Prompts, one per line").fill("One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight");
        page.getByLabel("after").check();
        button("Sample").click();
        assertThat(page.locator("main")).containsText("completions per minute");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/studio-sampling.png")));
        assertThat(page.locator("section h2").first())
                .hasText(
                        "8 prompts, done",
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions().setTimeout(20_000));
        assertThat(page.locator("main")).containsText("8 of 8 prompts sampled");
    }
}
