package example;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.local.LocalTextModel;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.ppo.PpoOptions;
import dev.attune.training.ppo.PpoTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a small random model, trains it by PPO to answer briefly, saves it in Hugging Face's layout, loads it again and
 * lets it complete a prompt. The folder for all of it is the only argument.
 */
final class ShortAnswers {
    private static final List<Prompt> PROMPTS = List.of(Prompt.text("Once upon a time"), Prompt.text("The cat"));

    private ShortAnswers() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Path tokens = folder.resolve("tokens");
        Path trained = folder.resolve("model");
        new BpeTrainer(258)
                .specialTokens(List.of("<|pad|>", "<|end|>"))
                .train(Stream.of(""))
                .save(tokens, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 64, null));
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(tokens);
                CausalLm policy = CausalLm.create(config(tokenizer), 3)) {
            train(policy, tokenizer);
            Checkpoints.saveCausal(trained, policy, tokenizer, DType.FLOAT32);
        }
        try (LocalTextModel model = LocalTextModel.open(trained)) {
            int tokensOfAnswer =
                    model.complete(PROMPTS, SamplingOptions.greedy(4), 0).get(0).tokens();
            System.out.println("completed with " + tokensOfAnswer + " tokens");
        }
    }

    private static ModelConfig config(Tokenizer tokenizer) {
        return ModelConfig.llama()
                .vocabularySize(tokenizer.vocabularySize())
                .width(16)
                .mlpWidth(24)
                .layers(1)
                .heads(2)
                .maxPositions(64)
                .tied(true)
                .tokens(tokenizer.bosId(), tokenizer.eosId(), tokenizer.padId())
                .build();
    }

    private static void train(CausalLm policy, Tokenizer tokenizer) {
        RewardFunction shortIsGood = batch -> batch.stream()
                .mapToDouble(sample -> -sample.completion().length())
                .toArray();
        try (PpoTrainer trainer = PpoTrainer.builder(policy, tokenizer)
                .prompts(PROMPTS)
                .reward(shortIsGood)
                .options(PpoOptions.defaults().withSteps(2, 8))
                .build()) {
            trainer.train(report -> System.out.println("score " + report.metric("objective/scores")));
        }
    }
}
