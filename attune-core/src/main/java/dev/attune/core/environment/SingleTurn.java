package dev.attune.core.environment;

import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The environment of plain RLHF: a prompt, one completion, its reward. */
public final class SingleTurn implements Environment {
    private final List<String> prompts;
    private final RewardFunction reward;
    private @Nullable String prompt;

    /**
     * Makes the environment.
     *
     * @param prompts each episode samples one of them by its seed
     */
    public SingleTurn(List<String> prompts, RewardFunction reward) {
        if (prompts.isEmpty()) {
            throw new IllegalArgumentException("an environment needs at least one prompt");
        }
        this.prompts = List.copyOf(prompts);
        this.reward = reward;
    }

    @Override
    public String reset(long seed) {
        String sampled = prompts.get(new SplittableRandom(seed).nextInt(prompts.size()));
        prompt = sampled;
        return sampled;
    }

    @Override
    public Step step(String action) {
        String asked = prompt;
        if (asked == null) {
            throw new IllegalStateException("the episode is over or has not begun: reset first");
        }
        prompt = null;
        double score = reward.score(List.of(new PromptCompletion(Prompt.text(asked), action)))[0];
        return new Step("", score, true);
    }
}
