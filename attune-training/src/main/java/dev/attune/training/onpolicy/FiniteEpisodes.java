package dev.attune.training.onpolicy;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.training.optimizer.FiniteChecks;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stops a run at the first figure of its episodes that is infinite or NaN, in the order in which they are computed. */
final class FiniteEpisodes {
    private final String section;
    private final int step;
    private final List<Episode> episodes;

    FiniteEpisodes(String section, int step, List<Episode> episodes) {
        this.section = section;
        this.step = step;
        this.episodes = episodes;
    }

    /** Checks the figures that the models computed; the error names the model. */
    void requireMeasures(CausalLm policy, @Nullable CausalLm reference, @Nullable Critic critic) {
        ofModel("log-probability under the policy", e -> e.logProbabilities, "policy", policy.parameters());
        if (reference != null) {
            ofModel(
                    "log-probability under the reference",
                    e -> e.referenceLogProbabilities,
                    "reference",
                    reference.parameters());
        }
        if (critic != null) {
            ofModel("value", e -> e.values, "critic", critic.parameters());
        }
    }

    /** Checks the figures derived from log-probabilities, values and scores. */
    void requireAdvantages() {
        ofScores("reward", e -> e.rewards);
        ofScores("advantage", e -> e.whitened);
        ofScores("return", e -> e.returns);
    }

    private void ofModel(String name, Function<Episode, float[]> numbers, String model, ParameterSet weights) {
        Place place = first(numbers);
        if (place != null) {
            throw FiniteChecks.inFigure(step, name + place.words(), place.value(), Map.of(model, weights));
        }
    }

    private void ofScores(String name, Function<Episode, float[]> numbers) {
        Place place = first(numbers);
        if (place != null) {
            throw new RunFailedException("step " + step + ": the " + name + place.words() + " is " + place.value()
                    + ", with a score of " + episodes.get(place.episode()).reward
                    + "; scale the reward functions or set " + section + ".clip_reward");
        }
    }

    private @Nullable Place first(Function<Episode, float[]> numbers) {
        for (int i = 0; i < episodes.size(); i++) {
            float[] values = numbers.apply(episodes.get(i));
            for (int t = 0; t < values.length; t++) {
                if (!Float.isFinite(values[t])) {
                    return new Place(i, t, values[t]);
                }
            }
        }
        return null;
    }

    private record Place(int episode, int token, float value) {
        String words() {
            return " at token " + (token + 1) + " of completion " + (episode + 1);
        }
    }
}
