package dev.attune.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.Provenance;
import dev.attune.world.Split;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small quickstart: the whole loop, with few prompts and steps. */
class QuickstartTest {
    private static QuickstartOptions small(Path out) {
        return new QuickstartOptions(out, 3, 1, 4, 2, 16, 40, 12, 2, 0.05, false);
    }

    private static QuickstartResult run(QuickstartOptions options, StringWriter log) throws Exception {
        PrintWriter writer = new PrintWriter(log);
        return new Quickstart(options, new RecipeRun(writer), writer).run();
    }

    @Test
    void runsEveryStageOnceAndKeepsTheLineageFromRankingToPolicy(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("quickstart");
        Layout layout = new Layout(out);
        QuickstartResult first = run(small(out), new StringWriter());

        List<Ranking> rankings =
                Dataset.read(layout.rankings(1), ReadOptions.defaults()).rankings();
        List<Preference> pairs = Dataset.read(layout.preferences(1, Feedback.MERGED), ReadOptions.defaults())
                .preferences();
        // 32 answerable, 16 unanswerable and 8 harmful prompts, each ranked by 2 labelers under 3 criteria
        assertThat(rankings).hasSize((32 + 16 + 8) * 2 * 3);
        assertThat(pairs).isNotEmpty().allSatisfy(pair -> {
            assertThat(pair.chosen()).isNotEqualTo(pair.rejected());
            assertThat(pair.origin().rankings()).isNotEmpty();
        });
        assertThat(first.reports()).hasSize(2);
        assertThat(Files.readString(layout.report())).contains("What is simulated", "quickstart --seed 3");

        Provenance policy = Provenance.find(layout.policy(1)).orElseThrow();
        Set<String> files = policy.allData().stream()
                .map(source -> Path.of(source.path()).getFileName().toString())
                .collect(Collectors.toSet());
        assertThat(files).contains("rankings.jsonl", "preferences-all.jsonl", "ppo-prompts.jsonl");

        StringWriter log = new StringWriter();
        QuickstartResult again = run(small(out), log);
        assertThat(log.toString()).contains("improve the policy with PPO: done before");
        assertThat(Json.line(again.after())).isEqualTo(Json.line(first.after()));
    }

    @Test
    void evaluationAsksWhatNoTrainingPromptContains() {
        List<WorldPrompt> held = new Evaluation(World.standard(), 50).prompts();
        assertThat(held).hasSize(150).allSatisfy(prompt -> assertThat(prompt.split())
                .isEqualTo(Split.HELD_OUT));
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> Quickstart.requireUsable(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a folder with other files");
    }
}
