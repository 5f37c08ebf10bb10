package dev.attune.model.generation;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Samples one token per row. The penalty and the filters are applied in the order of transformers: repetition penalty,
 * temperature, top-k, top-p, min-p.
 */
final class Sampler {
    private final SamplingOptions options;
    private final Randomness source;

    /** Tokens {@code [rows]} and their log-probabilities {@code [rows]}. */
    record Sampled(Tensor tokens, Tensor logProbs) {}

    Sampler(SamplingOptions options, long seed) {
        this.options = options;
        this.source = Randomness.of(seed, "sampling");
    }

    /**
     * @param logits {@code [rows, vocab]}
     * @param seen bool {@code [rows, vocab]}, true where a token occurs in the row already; null without a penalty
     * @param rows the number of each row among all prompts; with the step it determines the random number
     */
    Sampled sample(Tensor logits, @Nullable Tensor seen, int[] rows, int step) {
        boolean greedy = options.temperature() == 0;
        double temperature = greedy ? 1 : options.temperature();
        Tensor tempered = temperature == 1 ? logits : logits.dividedBy(temperature);
        Tensor logProbs = tempered.logSoftmax(-1);
        Tensor tokens;
        if (!options.biased()) {
            tokens = greedy ? logits.argmax(-1) : pick(logProbs.exp(), rows, step);
        } else {
            Tensor penalised = seen == null ? logits : penalise(logits, seen, options.repetitionPenalty());
            tokens = greedy
                    ? penalised.argmax(-1)
                    : pick(filtered(penalised.dividedBy(temperature)).softmax(-1), rows, step);
        }
        return new Sampled(tokens, logProbs.gather(1, tokens.unsqueeze(1)).squeeze(1));
    }

    private Tensor pick(Tensor probabilities, int[] rows, int step) {
        var uniforms = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            uniforms[i] = (float) source.at(rows[i]).at(step).uniform();
        }
        return TokenFilters.pick(probabilities, uniforms);
    }

    /** Logits of seen tokens divided by the penalty if positive, multiplied if negative (arXiv 1909.05858). */
    static Tensor penalise(Tensor logits, Tensor seen, double penalty) {
        Tensor negative = logits.lessThan(0);
        Tensor changed = logits.times(penalty).where(negative, logits.dividedBy(penalty));
        return changed.where(seen, logits);
    }

    private Tensor filtered(Tensor logits) {
        return TokenFilters.keep(logits, options.topK(), options.topP(), options.minP());
    }
}
