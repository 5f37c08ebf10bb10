package dev.attune.cli.quickstart;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The recipes of the quickstart's training stages. They are kept in its folder, for repeating a stage by hand. */
final class Recipes {
    private final QuickstartOptions options;
    private final Layout layout;

    Recipes(QuickstartOptions options, Layout layout) {
        this.options = options;
        this.layout = layout;
    }

    /** A reward model on the base model's backbone; from the second round on it continues from the previous one. */
    String reward(int round, String set) {
        Path start =
                round == 1 ? layout.base() : layout.rewardRun(round - 1, set).resolve("model");
        return """
                # Learns which completion the labelers prefer. The raw logit is the reward.
                method: reward
                model: %s
                data: {path: %s, format: prompt/chosen/rejected, max_length: 256}
                batch: {rows: 32, micro: 32}
                epochs: 2
                optimizer: {learning_rate: 7e-4, schedule: cosine, max_grad_norm: 1.0}
                evaluate: {every: 100, split: 0.1, limit: 1000}
                seed: %d
                """.formatted(quoted(start), quoted(layout.preferences(round, set)), options.seed());
    }

    /** PPO against the reward models of this round; the reference is always the base model. */
    String ppo(int round, List<String> sets) {
        String rewards = sets.stream()
                .map(set -> "  - {model: " + quoted(layout.rewardRun(round, set).resolve("model")) + ", weight: 1.0}")
                .collect(Collectors.joining("\n"));
        return """
                # The policy learns to please the reward model while the KL penalty holds it near the base model.
                method: ppo
                model: %s
                reference: %s
                reward:
                %s
                  - {class: GoldReward, weight: 0} # held-out metric: measured at every step, never learned from; see attune runs monitor
                data: {path: %s, format: prompts, max_length: 256}
                generation: {max_new_tokens: %d, temperature: 1.0}
                batch: {rollouts: 256, micro: 64}
                ppo: {epochs: 1, minibatches: 4, value_coefficient: 0.5}
                kl: {placement: reward, coefficient: %s, estimator: k1}
                optimizer: {learning_rate: 1e-3, schedule: linear, max_grad_norm: 1.0}
                checkpoint: {every: 10, keep: 2}
                rollouts: {every: 10, keep: 64}
                steps: %d
                seed: %d
                """.formatted(
                        quoted(layout.policy(round - 1)),
                        quoted(layout.base()),
                        rewards,
                        quoted(layout.learnedPrompts(round)),
                        QuickstartOptions.MAX_NEW_TOKENS,
                        options.kl(),
                        options.steps(),
                        options.seed() + round);
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
