package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.sampling.SamplingJob;
import dev.attune.feedback.sampling.SamplingJobs;
import dev.attune.feedback.sampling.SamplingPrompts;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import dev.attune.studio.Wiring;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studio over the engine: real models write completions and choose among them. */
class EngineModelsTest {
    private static final Prompt QUESTION = Prompt.chat(Message.user("Where does the baker live?"));

    @TempDir
    Path folder;

    @Test
    void aModelIsOpenedOnceTheEngineIsChosen() {
        AtomicInteger chosen = new AtomicInteger();
        EngineModels models = new EngineModels(chosen::incrementAndGet);
        assertThat(chosen).hasValue(0);
        String base = TestModels.base(folder).toString();
        for (int i = 0; i < 2; i++) {
            try (var model = models.text(base)) {
                assertThat(model.complete(List.of(QUESTION), SamplingOptions.greedy(8), 0))
                        .hasSize(1);
            }
        }
        assertThat(chosen).hasValue(1);
        assertThatThrownBy(() -> models.scoring(folder.resolve("none").toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no such directory");
    }

    @Test
    void theStudioDrawsWithRealModels() throws Exception {
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        String reward = TestModels.reward(folder).toString();
        try (Store store = Store.open(database)) {
            String ada = new Labelers(store).add("Ada", Labeler.Role.ADMIN).id();
            Project project = new Projects(store).add(Project.Plan.of("Kind answers", List.of(Criterion.HELPFUL)), ada);
            Endpoints endpoints = new Endpoints(store);
            Endpoint writer = endpoints.add(
                    new Endpoint.Plan(
                            "base",
                            Endpoint.Kind.DIRECTORY,
                            folder.resolve("base").toString(),
                            null,
                            null),
                    ada);
            Endpoint scorer = endpoints.add(new Endpoint.Plan("reward", Endpoint.Kind.REWARD, reward, null, null), ada);
            SamplingJobs jobs = new SamplingJobs(store);
            SamplingPrompts prompts = new SamplingPrompts(store);
            SamplingJob job = jobs.add(
                    project,
                    List.of(QUESTION, QUESTION),
                    new SamplingJob.Plan(List.of(writer.id()), 3, scorer.id(), 1, 12, 7, null),
                    ada);
            StudioOptions options = new StudioOptions(database, "127.0.0.1", 0);
            try (Studio studio = Studio.start(options, Wiring.of(new EngineModels(() -> {})))) {
                assertThat(studio.address()).isNotEmpty();
                while (!jobs.running().isEmpty()) {
                    Thread.sleep(50);
                }
            }
            assertThat(prompts.reasons(job.id(), 5)).isEmpty();
            assertThat(prompts.progress(job.id())).isEqualTo(new SamplingJob.Progress(0, 2, 0));
            assertThat(new Queue(store).next(project, ada).orElseThrow().completions())
                    .hasSize(3)
                    .doesNotHaveDuplicates();
        }
    }
}
