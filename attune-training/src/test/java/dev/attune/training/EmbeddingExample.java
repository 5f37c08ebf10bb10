package dev.attune.training;

import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.training.ppo.PpoOptions;
import dev.attune.training.ppo.PpoTrainer;
import java.nio.file.Path;
import java.util.List;

class EmbeddingExample {
    public static void main(String[] args) {
        Path model = Path.of(args[0]);
        RewardFunction shortIsGood = batch -> batch.stream()
                .mapToDouble(sample -> -sample.completion().length())
                .toArray();
        try (var policy = Checkpoints.loadCausal(model);
                var tokenizer = HuggingFaceTokenizer.load(model);
                var trainer = PpoTrainer.builder(policy, tokenizer)
                        .prompts(List.of(Prompt.text("Once upon a time"), Prompt.text("The cat")))
                        .reward(shortIsGood)
                        .options(PpoOptions.defaults().withSteps(3, 8))
                        .build()) {
            trainer.train(report -> System.out.println(report.metric("objective/scores")));
            Checkpoints.saveCausal(Path.of(args[1]), policy, tokenizer, DType.FLOAT32);
        }
    }
}
