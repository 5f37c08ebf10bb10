package dev.attune.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.feedback.Ranking;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A labeler ranks in a browser. */
@Tag("browser")
@Tag("one-jvm")
class RankingTest {
    private static final int TASKS = 10;

    /** Whether the page stands that shows another task, with its script at work, or none. */
    private static final String OTHER_PAGE = """
            (before) => {
              const rank = document.querySelector("#rank");
              if (document.readyState !== "complete") return false;
              return !rank || (rank.dataset.submission !== before && document.activeElement.className === "completion");
            }
            """;

    @TempDir
    Path folder;

    private Browser browser;
    private Studio studio;
    private Page page;

    @BeforeEach
    void open() {
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        studio = Studio.start(new StudioOptions(database, "127.0.0.1", 0, folder, 1));
        browser = new Browser();
        page = browser.page(studio.address(), 1200, 900);
    }

    @AfterEach
    void close() {
        assertThat(browser.complaints()).isEmpty();
        browser.close();
        studio.close();
    }

    private void makeProject() {
        makeProject(IntStream.rangeClosed(1, TASKS)
                .mapToObj(i -> "{\"prompt\": \"Question " + i
                        + "\", \"completions\": [\"bad\", \"good\", \"fair\", \"also fair\"]}")
                .collect(Collectors.joining("\n")));
    }

    private void makeProject(String lines) {
        page.getByLabel("Name").fill("Kind answers");
        page.getByText("Create").click();
        page.getByLabel("File")
                .setInputFiles(
                        new FilePayload("tasks.jsonl", "application/jsonl", lines.getBytes(StandardCharsets.UTF_8)));
        page.getByText("Add", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("Rank", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForURL("**/rank");
        page.waitForFunction(OTHER_PAGE, "");
    }

    private Locator card(String text) {
        return page.locator(".completion")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(text, new Page.GetByTextOptions().setExact(true))));
    }

    private void rankByKeyboard() {
        card("good").focus();
        page.keyboard().press("1");
        card("fair").focus();
        page.keyboard().press("3");
        card("also fair").focus();
        page.keyboard().press("2");
        page.keyboard().press("u");
        card("also fair").focus();
        page.keyboard().press("3");
        // the picture in docs/images
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/studio-rank.png")));
        submitted(() -> page.keyboard().press("Enter"));
    }

    private void rankByMouse() {
        drag("good", 1);
        drag("also fair", 2);
        drag("fair", 2);
        submitted(() -> page.getByText("Submit", new Page.GetByTextOptions().setExact(true))
                .click());
    }

    /** Rows make room while a card hovers over them: a hand follows. */
    private void drag(String text, int row) {
        Locator target = page.locator("[data-row='" + row + "']");
        card(text).hover();
        page.mouse().down();
        target.hover();
        target.hover();
        page.mouse().up();
    }

    /** From the project's page. */
    private List<Ranking> exported() {
        Path file = folder.resolve("rankings.jsonl");
        page.waitForDownload(() -> page.getByText("Export rankings").click()).saveAs(file);
        return Dataset.read(file, ReadOptions.defaults()).rankings();
    }

    /** The page loads anew when an answer was taken. */
    private void submitted(Runnable action) {
        Object before = page.evaluate("document.querySelector('#rank').dataset.submission");
        action.run();
        page.waitForFunction(OTHER_PAGE, before);
    }

    @Test
    void fiveTasksByKeyboardAndFiveByMouse() {
        makeProject();
        for (int task = 0; task < TASKS; task++) {
            if (task % 2 == 0) {
                rankByKeyboard();
            } else {
                rankByMouse();
            }
        }
        assertThat(page.locator("main").textContent()).contains("Nothing is left to rank here");
        page.getByText("Back to the project").click();
        List<Ranking> rankings = exported();
        assertThat(rankings).hasSize(TASKS).allSatisfy(ranking -> {
            assertThat(ranking.order()).hasSize(2);
            assertThat(ranking.order().get(0)).containsExactly(1);
            assertThat(ranking.order().get(1)).containsExactlyInAnyOrder(2, 3);
            assertThat(ranking.unranked()).containsExactly(0);
        });
    }

    /** A labeler writes a better answer, and it is ranked among the others. */
    @Test
    void anEditedAnswerIsRankedToo() {
        makeProject();
        card("good").focus();
        page.keyboard().press("e");
        page.keyboard().press("End");
        page.keyboard().type(", and kinder");
        Locator edited = page.locator(".edited");
        edited.focus();
        page.keyboard().press("1");
        card("good").focus();
        page.waitForResponse(response -> response.url().endsWith("/draft"), () -> page.keyboard()
                .press("2"));
        page.reload();
        page.waitForFunction(OTHER_PAGE, "");
        assertThat(page.locator("[data-row='1'] textarea").inputValue()).isEqualTo("good, and kinder");
        submitted(() -> page.keyboard().press("Enter"));
        page.locator("h1 a").click();
        assertThat(exported().get(0)).satisfies(ranking -> {
            assertThat(ranking.completions().get(4).text()).isEqualTo("good, and kinder");
            assertThat(ranking.order()).containsExactly(List.of(4), List.of(1));
            assertThat(ranking.unranked()).containsExactly(0, 2, 3);
        });
    }

    /** The rules of rows must not reach into answers: their lists would be drawn as rows and counted as such. */
    @Test
    void listsInAnswersAreNoRows() {
        makeProject("{\"prompt\": \"Steps?\", \"completions\": [\"Do this:\\n\\n1. open\\n2. close\\n\\n- or not\","
                + " \"# No\\n\\n* first\\n  * inner\"]}");
        page.locator(".completion").nth(0).focus();
        page.keyboard().press("1");
        page.locator(".completion").nth(1).focus();
        page.keyboard().press("2");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/studio-rank-lists.png")));
        assertThat(page.evaluate("[...document.querySelectorAll('.completion li')]"
                        + ".map(item => getComputedStyle(item, '::before').content)"))
                .isEqualTo(List.of("none", "none", "none", "none", "none"));
        assertThat(page.evaluate("[...document.querySelectorAll('.completion li')]"
                        + ".map(item => getComputedStyle(item).counterIncrement)"))
                .isEqualTo(List.of("none", "none", "none", "none", "none"));
        assertThat(page.evaluate("[...document.querySelectorAll('.rows > li')]"
                        + ".map(item => getComputedStyle(item).counterIncrement)"))
                .isEqualTo(List.of("row 1", "row 1"));
    }

    @Test
    void aDraftSurvivesALoad() {
        makeProject();
        card("good").focus();
        page.keyboard().press("1");
        page.waitForResponse(response -> response.url().endsWith("/draft"), () -> page.keyboard()
                .press("2"));
        page.reload();
        page.waitForFunction(OTHER_PAGE, "");
        assertThat(page.locator("[data-row='2']").textContent()).contains("good");
    }
}
