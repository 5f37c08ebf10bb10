package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.quickstart.BuiltInModel;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The built-in model as a directory, and a reward model with its backbone and a random head. */
public final class TestModels {
    private TestModels() {}

    public static Path base(Path folder) {
        Path directory = folder.resolve("base");
        BuiltInModel.unpack(directory);
        return directory;
    }

    /** A language model that learned nothing and takes no time. */
    public static Path tiny(Path folder) throws IOException {
        Path data = Files.writeString(
                folder.resolve("tiny.jsonl"), "{\"prompt\": \"Where?\", \"completion\": \"In the village.\"}\n");
        Path recipe = Files.writeString(
                folder.resolve("tiny.yaml"),
                "method: sft\nmodel: {vocabulary: 264, width: 16, mlp: 24, layers: 1, heads: 2, context: 128}\n"
                        + "data: {path: " + data + "}\nevaluate: {split: 0}\nsteps: 1\n");
        CommandLineRun trained = CommandLineRun.of("train", recipe.toString(), "out=" + folder.resolve("tiny"));
        assertThat(trained.status()).as(trained.err()).isZero();
        return folder.resolve("tiny").resolve("model");
    }

    /** The built-in model, taught to answer everything alike, in words of its own. */
    public static Path taught(Path folder) throws IOException {
        Path base = base(folder.resolve("untaught"));
        Path data = Files.writeString(
                folder.resolve("taught.jsonl"),
                "{\"prompt\": \"Where is the mill?\", \"completion\": \"Far away.\"}\n".repeat(8));
        Path recipe = Files.writeString(
                folder.resolve("taught.yaml"),
                "method: sft\nmodel: " + base + "\ndata: {path: " + data + "}\nevaluate: {split: 0}\nsteps: 6\n"
                        + "batch: {rows: 8, micro: 8}\noptimizer: {learning_rate: 1e-2, schedule: constant, warm_up: 0}\n");
        CommandLineRun trained = CommandLineRun.of("train", recipe.toString(), "out=" + folder.resolve("taught"));
        assertThat(trained.status()).as(trained.err()).isZero();
        return folder.resolve("taught").resolve("model");
    }

    public static Path reward(Path folder) {
        Path base = base(folder);
        Path directory = folder.resolve("reward");
        try (CausalLm backbone = Checkpoints.loadCausal(base);
                Tokenizer tokenizer = HuggingFaceTokenizer.load(base);
                RewardModel reward = RewardModel.fromBackbone(backbone, 7)) {
            Checkpoints.saveReward(directory, reward, tokenizer, DType.FLOAT32);
        }
        return directory;
    }

    /** A reward model with finite weights whose scores leave the range of float32. */
    static Path overflowing(Path folder) {
        Path base = base(folder);
        Path directory = folder.resolve("overflowing");
        try (CausalLm backbone = Checkpoints.loadCausal(base);
                Tokenizer tokenizer = HuggingFaceTokenizer.load(base);
                RewardModel reward = RewardModel.fromBackbone(backbone, 7)) {
            fill(reward, "score.weight", 3e38);
            fill(reward, "model.norm.weight", 1e30);
            Checkpoints.saveReward(directory, reward, tokenizer, DType.FLOAT32);
        }
        return directory;
    }

    /** Fills the weight of that name with one value. */
    static void fill(RewardModel model, String weight, double value) {
        try (NoGrad off = NoGrad.on()) {
            Objects.requireNonNull(model.parameters().byName().get(weight), weight)
                    .fillInPlace(value);
        }
    }
}
