package dev.attune.training.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.Provenance;
import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.core.reward.steps.StepScores;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.StepReading;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.training.TinyDirectory;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Process reward models from recipe to directory, and as reward functions. */
class ProcessRewardRunTest {
    private static final PromptCompletion SOLUTION = new PromptCompletion(Prompt.text("say 1"), "ab\nxa\n\nb");

    @TempDir
    private Path folder;

    private Path model;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        model = TinyDirectory.model(folder);
    }

    @Test
    void theModelScoresEachStepAtItsMarkAndKeepsItsReading() throws Exception {
        Path trained = train("", "process_reward: {aggregation: product}\n", "run");
        assertThat(Checkpoints.config(trained).reward())
                .satisfies(head -> assertThat(head.steps()).isEqualTo(new StepReading("\n", StepAggregation.PRODUCT)));
        assertThat(trained.resolve("README.md")).content().contains("`reward_step_mark` in config.json");
        assertThat(Provenance.find(trained).orElseThrow().allData()).hasSize(1);
        assertThat(Files.readString(folder.resolve("run/recipe.yaml"))).contains("labels: up_to_first_error");
        try (LocalScoringModel scoring = LocalScoringModel.open(trained, ConversationOptions.DEFAULT)) {
            StepScores scores = scoring.scoreSteps(List.of(SOLUTION)).get(0);
            assertThat(scores.steps()).containsExactly("ab", "xa", "b");
            // bytes: "say 1ab\nxa\nb\n" has its marks at 7, 10 and 12
            double product = 1;
            for (int end : new int[] {7, 10, 12}) {
                product *= probability(scoring, "say 1ab\nxa\nb\n".substring(0, end + 1));
            }
            assertThat(scoring.score(List.of(SOLUTION))[0]).isCloseTo(product, within(1e-6));
            assertThat(scoring.score(List.of(new PromptCompletion(SOLUTION.prompt(), "\n"))))
                    .containsExactly(0);
        }
    }

    /** The sigmoid of the last token's logit. */
    private static double probability(LocalScoringModel scoring, String text) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            int[] ids = scoring.tokenizer().encode(text);
            float logit = scoring.model()
                    .scores(TokenBatch.rightPadded(List.of(ids), 0))
                    .toFloats()[0];
            return 1 / (1 + Math.exp(-logit));
        }
    }

    @Test
    void anAdapterIsTrainedAndReadWithItsSteps() throws Exception {
        Path trained = train("", "lora: {rank: 2}\n", "lora");
        Path adapter = folder.resolve("lora/adapter");
        try (LocalScoringModel merged = LocalScoringModel.open(trained, ConversationOptions.DEFAULT);
                LocalScoringModel apart = LocalScoringModel.open(adapter, ConversationOptions.DEFAULT)) {
            assertThat(apart.steps()).isEqualTo(StepReading.DEFAULT);
            assertThat(apart.score(List.of(SOLUTION))[0]).isCloseTo(merged.score(List.of(SOLUTION))[0], within(1e-5));
        }
    }

    @Test
    void aProcessRewardModelRewardsRolloutsWithItsReasons() throws Exception {
        Path trained = train("", "", "process");
        Path out = folder.resolve("rloo");
        String text = "method: rloo\nmodel: " + model + "\ndata: {path: " + TinyDirectory.prompts(folder)
                + ", max_length: 32}\nreward: [{model: '" + trained + "', aggregation: last}]\n"
                + "batch: {rollouts: 8, micro: 4}\ngeneration: {max_new_tokens: 8}\nrollouts: {every: 1}\n"
                + "evaluate: {split: 0}\nsteps: 1\n";
        new Training(RunListener.SILENT).run(RecipeReader.parse("r.yaml", text, Map.of()), out);
        List<Rollout> rollouts = RolloutFiles.read(out.resolve("rollouts/step-1.jsonl.gz"));
        try (LocalScoringModel scoring = LocalScoringModel.open(trained, ConversationOptions.DEFAULT)) {
            for (Rollout rollout : rollouts) {
                StepScores steps = scoring.scoreSteps(
                                List.of(new PromptCompletion(rollout.prompt(), rollout.completion())))
                        .get(0);
                assertThat(rollout.score()).isCloseTo(steps.score(StepAggregation.LAST), within(1e-5));
                assertThat(rollout.toString()).contains(steps.steps().isEmpty() ? "no steps" : "weakest step ");
            }
        }
        assertThatThrownBy(() -> train("method: rloo", "reward: [{class: x, aggregation: min}]\n", "bad"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("only a process reward model has steps");
    }

    @Test
    void stepsThatContainTheMarkAreFaults() throws Exception {
        Path data = Files.writeString(folder.resolve("marks.jsonl"), """
                {"prompt": "p", "steps": ["a\\nb", "c"], "labels": [true, false]}
                {"prompt": "p", "steps": ["ab\\n", "c"], "labels": [true, false]}
                {"prompt": "q", "steps": ["ab", "c"], "labels": [null, null]}
                """);
        String recipe = common(data) + "evaluate: {split: 0}\n";
        assertThatThrownBy(() -> run(recipe.replace("on_fault: drop", "on_fault: fail"), "fail"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("marks.jsonl:1: found step 1, which contains the step mark");
        for (String handling : List.of("drop", "keep")) {
            run(recipe.replace("on_fault: drop", "on_fault: " + handling), handling);
            assertThat(notes).anySatisfy(note -> assertThat(note).contains("1 bad_steps"));
            assertThat(notes).contains("1 of 2 solutions have no labelled step and are left out");
        }
    }

    @Test
    void overlongSolutionsLoseTheStepsThatAreCutOff() throws Exception {
        Path data = Files.writeString(folder.resolve("long.jsonl"), """
                {"prompt": "pqrs", "steps": ["aaaa", "bbbb", "cccc"], "labels": [true, true, false]}
                """);
        String recipe = common(data).replace("max_length: 32", "max_length: 10") + "evaluate: {split: 0}\n";
        // the row four times a step; pqrs aaaa# b has the first mark, bbbb# cccc# the other two
        JsonNode start = firstStep(recipe, "keep_start");
        assertThat(start.get("labelled_steps").asDouble()).isEqualTo(4);
        assertThat(start.get("correct_share").asDouble()).isEqualTo(1);
        JsonNode end = firstStep(recipe, "keep_end");
        assertThat(end.get("labelled_steps").asDouble()).isEqualTo(8);
        assertThat(end.get("correct_share").asDouble()).isEqualTo(0.5);
    }

    private JsonNode firstStep(String recipe, String overlong) throws IOException {
        run(recipe.replace("on_fault: drop", "on_fault: drop, overlong: " + overlong), overlong);
        return Json.tree(Files.readAllLines(folder.resolve(overlong).resolve("metrics.jsonl"))
                .get(0));
    }

    @Test
    void otherDataAndMeanPooledModelsAreRefused() throws Exception {
        assertThatThrownBy(() -> run(common(TinyDirectory.pairs(folder)), "pairs"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("rows of the format prompt/chosen/rejected, expected steps");
        Path mean = run(
                common(TinyDirectory.pairs(folder)).replace("process_reward", "reward") + "head: {pooling: mean}\n",
                "mean");
        assertThatThrownBy(() -> run(common(steps()).replace("" + model, "" + mean), "start"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("reward_pooling: mean");
        assertThatThrownBy(() -> run(common(steps()) + "process_reward: {labels: some}\n", "labels"))
                .hasMessageContaining("up_to_first_error or all or outcome");
    }

    /** Training on comparisons makes a reward model of whole completions again. */
    @Test
    void aRewardRunFromAProcessModelReadsWholeCompletions() throws Exception {
        Path process = train("", "", "process");
        Path reward = run(
                common(TinyDirectory.pairs(folder))
                        .replace("process_reward", "reward")
                        .replace("" + model, "" + process),
                "reward");
        assertThat(Checkpoints.config(reward).reward())
                .satisfies(head -> assertThat(head.steps()).isNull());
    }

    private Path train(String method, String keys, String name) throws IOException {
        String recipe = common(steps()) + keys;
        return run(method.isEmpty() ? recipe : recipe.replace("method: process_reward", method), name);
    }

    private Path run(String recipe, String name) throws IOException {
        RunListener listener = new RunListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
        return new Training(listener).run(RecipeReader.parse("r.yaml", recipe, Map.of()), folder.resolve(name));
    }

    private String common(Path data) {
        return "method: process_reward\nmodel: " + model + "\ndata: {path: " + data
                + ", max_length: 32, on_fault: drop}\nbatch: {rows: 4, micro: 2}\nsteps: 4\nseed: 3\n";
    }

    private Path steps() throws IOException {
        return TinyDirectory.steps(folder);
    }
}
