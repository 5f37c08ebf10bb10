package dev.attune.training.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.training.TinyDirectory;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The recipe keys {@code head} and {@code trainable}, from the recipe to the model directory. */
class RewardHeadTest {
    private static final String PROBE = "head: {pooling: mean, layer: 1, standardize: true}\ntrainable: head\n";

    @TempDir
    private Path folder;

    private Path model;
    private Path heldOut;

    @BeforeEach
    void write() throws Exception {
        model = TinyDirectory.model(folder);
        heldOut = Files.writeString(folder.resolve("held-out.jsonl"), """
                {"prompt": "say one", "chosen": "aba", "rejected": "z"}
                {"prompt": "say something longer", "chosen": "a", "rejected": "zzzz"}
                {"prompt": "s", "chosen": "b", "rejected": ""}
                """);
    }

    /** The report's scores come from the features that training kept, the others from the saved model. */
    @Test
    void theSavedModelGivesTheScoresOfTraining() throws Exception {
        for (String keys : List.of(
                PROBE,
                "head: {pooling: mean}\n",
                "head: {layer: 1}\ntrainable: {last_layers: 1}\n",
                "trainable: head\n")) {
            Path run = Files.createTempDirectory(folder, "run").resolve("run");
            Path trained = train(model, keys + "comparison: {normalize: false}\n", run);
            JsonNode report = Json.tree(Files.readString(run.resolve("reward-report.json")));
            double[] scores;
            try (LocalScoringModel scoring = LocalScoringModel.open(trained, ConversationOptions.DEFAULT)) {
                scores = scoring.score(samples());
            }
            double mean = Arrays.stream(scores).average().orElseThrow();
            double variance = Arrays.stream(scores)
                    .map(score -> (score - mean) * (score - mean))
                    .average()
                    .orElseThrow();
            assertThat(report.get("score_mean").asDouble()).as(keys).isCloseTo(mean, within(1e-5));
            assertThat(report.get("score_deviation").asDouble()).as(keys).isCloseTo(Math.sqrt(variance), within(1e-5));
            assertThat(Math.sqrt(variance)).as(keys).isGreaterThan(1e-3);
        }
    }

    @Test
    void theModelCardSaysThatTransformersScoresAnotherWay() throws Exception {
        Path mean = train(model, PROBE, folder.resolve("mean"));
        assertThat(mean.resolve("README.md")).content().contains("`reward_pooling: mean` in config.json");
        Path last = train(model, "head: {pooling: last}\n", folder.resolve("last"));
        assertThat(last.resolve("README.md")).content().doesNotContain("reward_pooling");
    }

    @Test
    void aRunThatContinuesKeepsPoolingAndLayers() throws Exception {
        Path first = train(model, PROBE, folder.resolve("first"));
        Path second = train(first, "trainable: all\n", folder.resolve("second"));
        assertThat(Checkpoints.config(second).reward()).isNotNull().satisfies(head -> assertThat(head.pooling())
                .isEqualTo(RewardPooling.MEAN));
        assertThatThrownBy(() -> train(first, "head: {pooling: last}\n", folder.resolve("third")))
                .isInstanceOf(BadInputException.class)
                .hasMessage("head.pooling: found last, expected mean, as the reward model has; remove the key, or start"
                        + " from a language model");
        assertThatThrownBy(() -> train(first, "head: {layer: 2}\n", folder.resolve("fourth")))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("head.layer: found 2, expected 1, as the reward model has");
    }

    @Test
    void layersThatTheModelDoesNotHaveAreRefused() {
        assertThatThrownBy(() -> train(model, "head: {layer: 2}\n", folder.resolve("a")))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("head.layer: found 2, expected at most the model's 1 layers");
        assertThatThrownBy(() -> train(model, "trainable: {last_layers: 2}\n", folder.resolve("b")))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("trainable.last_layers: found 2, expected at most the 1 layers that are kept");
    }

    private Path train(Path from, String keys, Path run) throws Exception {
        String text = "method: reward\nmodel: " + from + "\ndata: {path: " + TinyDirectory.pairs(folder)
                + ", max_length: 48, on_fault: keep}\nevaluate: {data: " + heldOut
                + "}\noptimizer: {learning_rate: 1e-2}\n"
                + "batch: {rows: 8, micro: 4}\nsteps: 4\nseed: 5\n" + keys;
        return new Training(RunListener.SILENT).run(RecipeReader.parse("r.yaml", text, Map.of()), run);
    }

    private static List<PromptCompletion> samples() {
        List<PromptCompletion> samples = new ArrayList<>();
        String[][] rows = {
            {"say one", "aba", "z"}, {"say something longer", "a", "zzzz"}, {"s", "b", ""},
        };
        for (String[] row : rows) {
            samples.add(new PromptCompletion(Prompt.text(row[0]), row[1]));
            samples.add(new PromptCompletion(Prompt.text(row[0]), row[2]));
        }
        return samples;
    }
}
