package dev.attune.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.Models;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import dev.attune.studio.Wiring;
import dev.attune.studio.loop.PolicyMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reviewer trains from a project and watches, with a shell script in the place of training. */
@Tag("browser")
@Tag("one-jvm")
class LiveRunTest {
    private static final String STAND_IN = """
            out=${2#out=}; mkdir -p "$out/model"; cp "$1" "$out/recipe.yaml"
            echo "so many steps"
            while [ ! -e "$out/end" ]; do sleep 0.05; done
            echo '{"architectures": ["LlamaForSequenceClassification"]}' > "$out/model/config.json"
            """;

    @TempDir
    Path folder;

    private Browser browser;
    private Studio studio;
    private Page page;

    @BeforeEach
    void open() throws IOException {
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        try (Store store = Store.open(database)) {
            rank(store);
        }
        Files.writeString(Files.createDirectories(folder.resolve("base")).resolve("config.json"), "{}");
        Path script = Files.writeString(folder.resolve("train.sh"), STAND_IN);
        Wiring wiring = new Wiring(
                Models.NONE,
                arguments -> List.of("sh", script.toString(), arguments.get(0), arguments.get(1)),
                (place, yaml) -> yaml,
                List.of(new PolicyMethod("ppo", "PPO", true)),
                Wiring.NONE.tokens());
        studio = Studio.start(new StudioOptions(database, "127.0.0.1", 0, folder.resolve("runs"), 1), wiring);
        browser = new Browser();
        page = browser.page(studio.address(), 1200, 900);
    }

    @AfterEach
    void close() {
        assertThat(browser.complaints()).isEmpty();
        browser.close();
        studio.close();
    }

    private static void rank(Store store) {
        String ada = new Labelers(store).add("Ada", Labeler.Role.ADMIN).id();
        Project project = new Projects(store).add(Project.Plan.of("Kind", List.of(Criterion.HELPFUL)), ada);
        Tasks.Draft draft = new Tasks.Draft(
                Prompt.text("Hello?"), List.of(new Ranking.Completion("Hi", null), new Ranking.Completion("No", null)));
        String task = new Tasks(store).add(project, List.of(draft), ada).get(0);
        Queue queue = new Queue(store);
        assertThat(queue.next(project, ada)).isPresent();
        List<List<Integer>> order = List.of(List.of(0), List.of(1));
        queue.submit(new Submission("s", task, ada, List.of(new Judgement("helpful", order, List.of(), false)), 1));
    }

    private void log(int step, double loss) throws IOException {
        Files.writeString(
                folder.resolve("runs/kind/reward-1/run/metrics.jsonl"),
                "{\"step\": " + step + ", \"loss\": " + loss + "}\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    @Test
    void aRunIsStartedAndWatchedToItsEnd() throws Exception {
        page.getByText("Kind").click();
        page.getByText("Train with these rankings").click();
        page.getByLabel("Initial model").fill(folder.resolve("base").toString());
        page.getByText("Train a reward model", new Page.GetByTextOptions().setExact(true))
                .click();
        page.getByText("Reward model").click();
        page.waitForFunction("() => document.querySelector('#run').dataset.state === 'running'");
        page.waitForFunction("() => document.querySelector('#log').textContent.includes('so many steps')");
        log(1, 0.7);
        log(2, 0.6);
        page.waitForFunction("() => document.querySelectorAll('#figures .curve').length === 1");
        String before = page.locator("#figures .curve").getAttribute("points");
        log(3, 0.2);
        page.waitForFunction("() => document.querySelector('#step').textContent === '3'");
        assertThat(page.locator("#figures .curve").getAttribute("points")).isNotEqualTo(before);
        assertThat(page.locator("#figures .curve").evaluate("curve => getComputedStyle(curve).fill"))
                .isEqualTo("none");
        Files.createFile(folder.resolve("runs/kind/reward-1/run/end"));
        page.waitForFunction("() => document.querySelector('#run').dataset.state === 'finished'");
        assertThat(page.getByText("Stop").count()).isZero();
    }
}
