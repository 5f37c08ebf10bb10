package dev.attune.cli;

import dev.attune.cli.quickstart.BuiltInModel;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import java.nio.file.Path;

/** The built-in model as a directory, and a reward model with its trunk and a random head. */
public final class TestModels {
    private TestModels() {}

    public static Path base(Path folder) {
        Path directory = folder.resolve("base");
        BuiltInModel.unpack(directory);
        return directory;
    }

    public static Path reward(Path folder) {
        Path base = base(folder);
        Path directory = folder.resolve("reward");
        try (CausalLm trunk = Checkpoints.loadCausal(base);
                Tokenizer tokenizer = HuggingFaceTokenizer.load(base);
                RewardModel reward = RewardModel.fromBackbone(trunk, 7)) {
            Checkpoints.saveReward(directory, reward, tokenizer, DType.FLOAT32);
        }
        return directory;
    }
}
