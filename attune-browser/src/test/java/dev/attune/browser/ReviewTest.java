package dev.attune.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.Assignment;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reviewer looks at the quality of rankings and decides, in a browser. */
@Tag("browser")
@Tag("one-jvm")
class ReviewTest {
    private static final int TASKS = 20;

    @TempDir
    Path folder;

    private Browser browser;
    private Studio studio;
    private Store store;
    private Project project;
    private Page page;

    @BeforeEach
    void open() {
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        store = Store.open(database);
        Labeler ada = new Labelers(store).add("Ada", Labeler.Role.REVIEWER);
        project = new Projects(store)
                .add(Project.Plan.of("Kind answers", List.of(Criterion.HELPFUL)).withOverlap(2), ada.id());
        List<Tasks.Draft> drafts = IntStream.rangeClosed(1, TASKS)
                .mapToObj(i -> new Tasks.Draft(
                        Prompt.text("Question " + i),
                        List.of(
                                new Ranking.Completion("good", "ours"),
                                new Ranking.Completion("somewhat longer", "theirs"),
                                new Ranking.Completion("bad", null))))
                .toList();
        new Tasks(store).add(project, drafts, ada.id());
        Random random = new Random(3);
        rankAll(new Labelers(store).add("Ben", Labeler.Role.LABELER), random);
        rankAll(new Labelers(store).add("Cem", Labeler.Role.LABELER), random);
        studio = Studio.start(new StudioOptions(database, "127.0.0.1", 0));
        browser = new Browser();
        page = browser.page(studio.address(), 1200, 900);
    }

    @AfterEach
    void close() {
        assertThat(browser.complaints()).isEmpty();
        browser.close();
        studio.close();
        store.close();
    }

    private void rankAll(Labeler labeler, Random random) {
        Queue queue = new Queue(store);
        for (int i = 0; i < TASKS; i++) {
            Assignment open = queue.next(project, labeler.id()).orElseThrow();
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
            if (random.nextInt(3) == 0) {
                Collections.shuffle(order, random);
            }
            Judgement judgement =
                    new Judgement("helpful", order.stream().map(List::of).toList(), List.of(), false);
            queue.submit(
                    new Submission(UUID.randomUUID().toString(), open.task(), labeler.id(), List.of(judgement), 9 + i));
        }
    }

    private void click(String text) {
        page.getByText(text, new Page.GetByTextOptions().setExact(true)).click();
    }

    @Test
    void theQualityPageFitsAScreenAndAPhone() {
        click("Kind answers");
        click("Quality");
        assertThat(page.locator("figure svg polyline").count()).isEqualTo(1);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/studio-quality.png"))
                .setFullPage(true));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(390, 800);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/studio-quality-mobile.png"))
                .setFullPage(true));
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("tables scroll by themselves")
                .isEqualTo(true);
    }

    @Test
    void aDisputeIsDecided() {
        click("Kind answers");
        click("Review");
        assertThat(page.locator("h2").first().textContent()).startsWith("Labelers disagree (");
        int disputes = page.locator(".cases li").count();
        page.locator(".cases a").first().click();
        assertThat(page.locator("main").textContent()).contains("Ben", "Cem").doesNotContain("by ours");
        page.locator("select[name=rank-0]").selectOption("1");
        page.locator("select[name=rank-1]").selectOption("2");
        page.locator("select[name=rank-2]").selectOption("2");
        page.getByLabel("Reason").fill("The guideline says so.");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/studio-review.png"))
                .setFullPage(true));
        click("Decide");
        page.waitForLoadState();
        assertThat(page.locator("main").textContent()).contains("Decided:", "The guideline says so.", "by ours");
        assertThat(page.locator("select[name=rank-1]").inputValue()).isEqualTo("2");
        page.getByText("Kind answers: review").click();
        assertThat(page.locator("h2").allTextContents())
                .contains("Labelers disagree (" + (disputes - 1) + ")", "Decided (1)");
        List<Ranking> rankings = new Rankings(store).of(project.id());
        assertThat(rankings).hasSize(2 * TASKS - 1);
        assertThat(rankings.get(rankings.size() - 1).order()).containsExactly(List.of(0), List.of(1, 2));
    }
}
