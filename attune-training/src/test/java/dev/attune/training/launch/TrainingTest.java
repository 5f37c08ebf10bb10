package dev.attune.training.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.Provenance;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.tensor.BfloatProducts;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.training.TinyDirectory;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of small models, from recipe to model directory. */
class TrainingTest {
    private static final int STEPS = 6;

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyDirectory.model(folder);
    }

    @Test
    void everyMethodResumesBitForBitAfterAnInterruption() throws Exception {
        Path reward = new Training(RunListener.SILENT).run(recipe(rewardRecipe()), folder.resolve("reward"));
        List<String> texts = new ArrayList<>(preferenceRecipes());
        texts.addAll(List.of(sftRecipe(), rewardRecipe(), probeRecipe(), freshRewardRecipe(), ppoRecipe(reward)));
        texts.add(processRewardRecipe());
        for (String text : texts) {
            Path whole = Files.createTempDirectory(folder, "whole").resolve("run");
            Path broken = Files.createTempDirectory(folder, "broken").resolve("run");
            new Training(RunListener.SILENT).run(recipe(text), whole);
            for (int last : new int[] {1, 3, 5}) {
                interrupt(text, broken, last);
            }
            new Training(RunListener.SILENT).resume(broken, null);
            assertThat(weights(broken)).as(text).isEqualTo(weights(whole));
            assertThat(steps(broken))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, STEPS).boxed().toList());
        }
    }

    @Test
    void sequentialOrderFollowsTheFileAndResumesBitForBit() throws Exception {
        Path reward = new Training(RunListener.SILENT).run(recipe(rewardRecipe()), folder.resolve("reward"));
        for (String shuffled : List.of(sftRecipe(), rewardRecipe(), ppoRecipe(reward))) {
            String text = shuffled.replace("max_length: 32", "max_length: 32, order: sequential");
            Path whole = Files.createTempDirectory(folder, "whole").resolve("run");
            Path broken = Files.createTempDirectory(folder, "broken").resolve("run");
            new Training(RunListener.SILENT).run(recipe(text), whole);
            interrupt(text, broken, 3);
            new Training(RunListener.SILENT).resume(broken, null);
            assertThat(weights(broken)).as(text).isEqualTo(weights(whole));
        }
        Path out = folder.resolve("sequential");
        String ppo = ppoRecipe(reward).replace("max_length: 32", "max_length: 32, order: sequential")
                + "evaluate: {split: 0}\n";
        new Training(RunListener.SILENT).run(recipe(ppo), out);
        // eight of forty prompts a step: the sixth step begins the second epoch
        assertThat(prompts(out, 4))
                .containsExactlyElementsOf(
                        IntStream.range(24, 32).mapToObj(i -> "say " + i).toList());
        assertThat(prompts(out, 6))
                .containsExactlyElementsOf(
                        IntStream.range(0, 8).mapToObj(i -> "say " + i).toList());
    }

    private static List<String> prompts(Path run, int step) {
        return RolloutFiles.read(run.resolve("rollouts/step-" + step + ".jsonl.gz")).stream()
                .map(rollout -> ((Prompt.Text) rollout.prompt()).text())
                .toList();
    }

    @Test
    void whatARunCannotLearnOrMeasureIsNoted() throws Exception {
        List<String> notes = notes(sftRecipe()
                .replace("learning_rate: 1e-2", "learning_rate: 0, warm_up: 9")
                .replace("evaluate: {every: 3}", "evaluate: {split: 0.001}"));
        assertThat(notes)
                .contains("optimizer.learning_rate is 0: no weight changes")
                .contains("the warm-up of 9 steps does not end before the run's last step, 6: the learning rate only"
                        + " rises; lower optimizer.warm_up")
                .anySatisfy(note -> assertThat(note).startsWith("evaluate.split: 0.001 holds out none"));
        List<String> few = notes(rewardRecipe() + "evaluate: {split: 0.4, limit: 5}\n");
        assertThat(few)
                .anySatisfy(note -> assertThat(note)
                        .startsWith("the gate will fail: 5 held-out pairs, and it needs at" + " least 50 for the gate"))
                .anySatisfy(note -> assertThat(note).matches("evaluates on the first 5 of \\d+ held-out rows .*"))
                .anySatisfy(note -> assertThat(note).startsWith("scores normalized to mean 0 and variance 1 over all"));
        assertThatThrownBy(() -> notes(rewardRecipe() + "evaluate: {split: 0.4}\ngate: {require: true}\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("held-out pairs")
                .hasMessageContaining("at least 50");
    }

    /** Whether bfloat16 pays depends on the machine; either way a run says so, or computes and restores what was before. */
    @Test
    void bfloat16IsUsedWhereItPaysAndRefusedWithTheReasonElsewhere() throws Exception {
        RecipeFile text = recipe(sftRecipe() + "precision: bf16\nsave_dtype: bf16\n");
        ModelConfig config = Checkpoints.config(model);
        Optional<String> objection =
                BfloatProducts.objection(config.width(), config.mlp().width());
        Path out = folder.resolve("bfloat16");
        if (objection.isPresent()) {
            assertThatThrownBy(() -> new Training(RunListener.SILENT).run(text, out))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("precision")
                    .hasMessageContaining("bf16, but ");
            assertThat(out).doesNotExist();
        } else {
            assertThat(new Training(RunListener.SILENT).run(text, out)).isDirectory();
        }
        assertThat(Engine.productPrecision()).isEqualTo(ProductPrecision.FLOAT32);
    }

    private List<String> notes(String text) throws IOException {
        List<String> notes = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
        new Training(listener).run(recipe(text), Files.createTempDirectory(folder, "notes"));
        return notes;
    }

    @Test
    void stagesFeedEachOtherAndTheModelKeepsTheWholeChain() throws Exception {
        String text = "stages:\n"
                + "- name: sft\n" + sftRecipe().indent(2)
                + "- name: reward\n" + rewardRecipe().indent(2)
                + "- name: ppo\n"
                + ppoRecipe(Path.of("stage:reward"))
                        .replace("model: " + model, "model: stage:sft")
                        .indent(2);
        Path out = folder.resolve("staged");
        Path last = new Training(RunListener.SILENT).run(RecipeReader.parse("r.yaml", text, Map.of()), out);
        assertThat(last).isEqualTo(out.resolve("ppo").resolve("model"));
        Provenance provenance = Provenance.find(last).orElseThrow();
        assertThat(provenance.chain().map(Provenance::method)).contains("ppo", "sft", "reward");
        assertThat(provenance.allData())
                .extracting(source -> Path.of(source.path()).getFileName().toString())
                .contains("prompts.jsonl", "pairs.jsonl", "completions.jsonl");
        assertThat(out.resolve("ppo/model/README.md")).exists();
        assertThat(RolloutFiles.read(out.resolve("ppo/rollouts/step-1.jsonl.gz")))
                .hasSize(8);
        assertThat(out.resolve("reward/reward-report.json")).exists();
        // a finished run has nothing left to do
        assertThat(new Training(RunListener.SILENT).resume(out, null)).isEqualTo(last);
    }

    @Test
    void aPolicysModelCardNamesTheRankingsByTheirHash() throws Exception {
        Path rankings = folder.resolve("rankings.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            lines.append("{\"id\": \"").append(i).append("\", \"prompt\": \"q").append(i);
            lines.append("\", \"completions\": [{\"text\": \"AB\"}, {\"text\": \"cd\"}], \"criterion\": \"helpful\",");
            lines.append(" \"order\": [[0], [1]], \"unranked\": [], \"labeler\": \"ada\"}\n");
        }
        Files.writeString(rankings, lines);
        String text = common("reward", rankings) + "batch: {rows: 4, micro: 4}\n";
        Path reward = new Training(RunListener.SILENT).run(recipe(text), folder.resolve("reward"));
        Path policy = new Training(RunListener.SILENT).run(recipe(ppoRecipe(reward)), folder.resolve("policy"));
        String named = "- `" + rankings + "`, 20 rows, sha256 " + Hashing.sha256(rankings);
        assertThat(reward.resolve("README.md")).content().contains(named);
        assertThat(policy.resolve("README.md")).content().contains(named);
    }

    @Test
    void aFolderThatHoldsSomethingIsRefused() throws Exception {
        Path out = Files.createDirectories(folder.resolve("full"));
        Files.writeString(out.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> new Training(RunListener.SILENT).run(recipe(sftRecipe()), out))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> new Training(RunListener.SILENT).resume(out, null))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("recipe.yaml");
    }

    @Test
    void aRunIsExtendedAndNotShortened() throws Exception {
        Path out = folder.resolve("longer");
        new Training(RunListener.SILENT).run(recipe(sftRecipe()), out);
        new Training(RunListener.SILENT).resume(out, STEPS + 2);
        assertThat(steps(out)).hasSize(STEPS + 2);
        assertThatThrownBy(() -> new Training(RunListener.SILENT).resume(out, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("steps=2");
    }

    @Test
    void aFinishedRunWithoutCheckpointsIsCompleteAndCannotBeExtended() throws Exception {
        Path out = folder.resolve("without");
        RecipeFile recipe = RecipeReader.parse("r.yaml", sftRecipe(), Map.of("checkpoint.every", "0"));
        Path last = new Training(RunListener.SILENT).run(recipe, out);
        byte[] log = Files.readAllBytes(out.resolve("metrics.jsonl"));
        List<String> notes = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
        assertThat(new Training(listener).resume(out, null)).isEqualTo(last);
        assertThat(new Training(listener).resume(out, STEPS)).isEqualTo(last);
        assertThat(notes).containsExactly(out + ": complete", out + ": complete");
        assertThatThrownBy(() -> new Training(listener).resume(out, STEPS + 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("steps=" + (STEPS + 2))
                .hasMessageContaining("no checkpoint in " + out)
                .hasMessageContaining("model=" + last);
        assertThat(Files.readAllBytes(out.resolve("metrics.jsonl"))).isEqualTo(log);
    }

    @Test
    void stagesTakeNoNumberOfSteps() throws Exception {
        Path out = folder.resolve("stages");
        String text = "stages:\n- name: sft\n" + sftRecipe().indent(2);
        new Training(RunListener.SILENT).run(recipe(text), out);
        assertThatThrownBy(() -> new Training(RunListener.SILENT).resume(out, STEPS + 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("--resume " + out.resolve("sft"));
    }

    @Test
    void ppoGivesATemplateInAFileTheSpecialTokens() throws Exception {
        Path template = Files.writeString(
                folder.resolve("chat.jinja"), "{% for m in messages %}{{ m.content }}{{ eos_token }}{% endfor %}");
        Path prompts = Files.writeString(
                folder.resolve("chats.jsonl"), "{\"prompt\": [{\"role\": \"user\", \"content\": \"hey\"}]}\n");
        Path out = folder.resolve("chat");
        String text = "method: ppo\nmodel: " + model + "\ntemplate: " + template + "\ndata: {path: " + prompts
                + "}\nreward: [{class: " + Shouting.class.getName() + "}]\nbatch: {rollouts: 2, micro: 2}\n"
                + "generation: {max_new_tokens: 2}\nrollouts: {every: 1}\nevaluate: {split: 0}\nsteps: 1\n";
        new Training(RunListener.SILENT).run(recipe(text), out);
        int end = 1;
        assertThat(RolloutFiles.read(out.resolve("rollouts/step-1.jsonl.gz"))
                        .get(0)
                        .promptTokens())
                .hasSize("hey".length() + 1)
                .endsWith(end);
    }

    @Test
    void aRewardModelReadsConversationsAsInItsTrainingWhereverItGoes() throws Exception {
        String answerAlone = freshRewardRecipe() + "template: answer\n";
        Path reward = new Training(RunListener.SILENT).run(recipe(answerAlone), folder.resolve("reward"));
        assertThat(reward.resolve("chat_template.jinja")).hasContent(ChatTemplate.source("answer"));

        Path prompts = Files.writeString(
                folder.resolve("chats.jsonl"),
                "{\"prompt\": [{\"role\": \"user\", \"content\": \"hey\"}]}\n"
                        + "{\"prompt\": [{\"role\": \"user\", \"content\": \"and now something longer\"}]}\n");
        Path out = folder.resolve("chat");
        String text = "method: ppo\nmodel: " + model + "\ntemplate: human-assistant\ndata: {path: " + prompts
                + "}\nreward: [{model: '" + reward + "'}]\nbatch: {rollouts: 4, micro: 2}\ncritic: {init: policy}\n"
                + "generation: {max_new_tokens: 3}\nrollouts: {every: 1}\nevaluate: {split: 0}\nsteps: 1\n";
        new Training(RunListener.SILENT).run(recipe(text), out);
        try (LocalScoringModel scoring = LocalScoringModel.open(reward, ConversationOptions.DEFAULT)) {
            assertThat(RolloutFiles.read(out.resolve("rollouts/step-1.jsonl.gz")))
                    .allSatisfy(rollout -> {
                        double alone =
                                scoring.score(List.of(new PromptCompletion(Prompt.text(""), rollout.completion())))[0];
                        assertThat(rollout.score()).isCloseTo(alone, within(1e-5));
                    });
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskEndsARunWithItsPlaceAndLosesNothingWrittenBefore() throws Exception {
        Path reward = new Training(RunListener.SILENT).run(recipe(rewardRecipe()), folder.resolve("reward"));
        Path whole = folder.resolve("whole");
        new Training(RunListener.SILENT).run(recipe(ppoRecipe(reward)), whole);
        Path full = folder.resolve("full");
        Path file = full.resolve("rollouts/step-4.jsonl.gz");
        RunListener fillsTheDisk = new RunListener() {
            @Override
            public void step(String stage, int step, int steps, Map<String, Double> metrics) {
                if (step == 3) {
                    link(file.resolveSibling(file.getFileName() + ".tmp"), Path.of("/dev/full"));
                }
            }
        };
        assertThatThrownBy(() -> new Training(fillsTheDisk).run(recipe(ppoRecipe(reward)), full))
                .isInstanceOf(RunFailedException.class)
                .hasMessage("cannot write the rollouts of step 4: " + file + ": No space left on device");
        assertThat(file).doesNotExist();
        assertThat(steps(full)).containsExactly(1, 2, 3, 4);
        new Training(RunListener.SILENT).resume(full, null);
        assertThat(weights(full)).isEqualTo(weights(whole));
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops a run after a step's log and before its checkpoint, as a kill at that moment would. */
    private void interrupt(String text, Path out, int last) {
        RunListener stopping = new RunListener() {
            @Override
            public void step(String stage, int step, int steps, Map<String, Double> metrics) {
                if (step == last) {
                    throw new Interruption();
                }
            }
        };
        assertThatThrownBy(() -> {
                    if (Files.exists(out)) {
                        new Training(stopping).resume(out, null);
                    } else {
                        new Training(stopping).run(recipe(text), out);
                    }
                })
                .isInstanceOf(Interruption.class);
    }

    private static final class Interruption extends RuntimeException {}

    private static byte[] weights(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("model/model.safetensors"));
    }

    private static List<Integer> steps(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> Json.tree(line).get("step").asInt())
                .toList();
    }

    private static RecipeFile recipe(String text) {
        return RecipeReader.parse("r.yaml", text, Map.of());
    }

    private String sftRecipe() throws IOException {
        return common("sft", TinyDirectory.completions(folder)) + "batch: {rows: 4, micro: 2}\nevaluate: {every: 3}\n";
    }

    private String rewardRecipe() throws IOException {
        return common("reward", TinyDirectory.pairs(folder)) + "batch: {rows: 4, micro: 4}\n";
    }

    private String processRewardRecipe() throws IOException {
        return common("process_reward", TinyDirectory.steps(folder)) + "batch: {rows: 4, micro: 2}\n";
    }

    private String probeRecipe() throws IOException {
        return rewardRecipe() + "head: {pooling: mean, layer: 1, standardize: true}\ntrainable: head\n";
    }

    private String freshRewardRecipe() throws IOException {
        return rewardRecipe()
                        .replace(
                                "model: " + model,
                                "model: {vocabulary: 264, width: 16, mlp: 24, layers: 1, heads: 2, context: 64}")
                + "comparison: {token_dropout: 0.3}\n";
    }

    private List<String> preferenceRecipes() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String method : List.of("dpo", "kto", "orpo", "simpo", "cpo")) {
            texts.add(
                    common(method, TinyDirectory.pairs(folder)) + "batch: {rows: 4, micro: 4}\nevaluate: {every: 3}\n");
        }
        texts.add(texts.get(0) + "dpo: {loss: [aot, sft], weights: [1, 0.2]}\n");
        return texts;
    }

    private String ppoRecipe(Path reward) throws IOException {
        return common("ppo", TinyDirectory.prompts(folder))
                + "reward: [{model: '" + reward + "'}, {class: " + Shouting.class.getName() + ", weight: 0.5}]\n"
                + "batch: {rollouts: 8, micro: 4}\ngeneration: {max_new_tokens: 6}\nppo: {epochs: 2, minibatches: 2}\n"
                + "kl: {target: 3.0, horizon: 100}\nrollouts: {every: 2}\n";
    }

    private String common(String method, Path data) {
        return String.join(
                "\n",
                Arrays.asList(
                        "method: " + method,
                        "model: " + model,
                        "data: {path: " + data + ", max_length: 32}",
                        "optimizer: {learning_rate: 1e-2}",
                        "checkpoint: {every: 2, keep: 2}",
                        "steps: " + STEPS,
                        "seed: 5",
                        ""));
    }
}
