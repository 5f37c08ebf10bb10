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
                    : pick(filter(penalised.dividedBy(temperature), options).softmax(-1), rows, step);
        }
        return new Sampled(tokens, logProbs.gather(1, tokens.unsqueeze(1)).squeeze(1));
    }

    /**
     * Inverse of the cumulative distribution: the first token whose cumulated probability exceeds a uniform random
     * number.
     */
    private Tensor pick(Tensor probabilities, int[] rows, int step) {
        Tensor cumulated = probabilities.cumsum(-1);
        long last = cumulated.size(-1) - 1;
        Tensor threshold = cumulated.narrow(1, last, 1).times(uniforms(rows, step));
        return cumulated.atMost(threshold).sum(-1).clamp(0, (double) last);
    }

    private Tensor uniforms(int[] rows, int step) {
        var uniforms = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            // Strictly below 1 in float32 as well, so that a token of probability 0 is never sampled.
            uniforms[i] = Math.min((float) source.at(rows[i]).at(step).uniform(), 1 - 0x1.0p-24f);
        }
        return Tensor.of(uniforms, rows.length, 1);
    }

    /** Logits of seen tokens divided by the penalty if positive, multiplied if negative (arXiv 1909.05858). */
    static Tensor penalise(Tensor logits, Tensor seen, double penalty) {
        Tensor negative = logits.lessThan(0);
        Tensor changed = logits.times(penalty).where(negative, logits.dividedBy(penalty));
        return changed.where(seen, logits);
    }

    /**
     * Sets the logits of tokens that top-k, top-p or min-p exclude to minus infinity; the temperature has been applied
     * to {@code logits [rows, vocab]}.
     */
    static Tensor filter(Tensor logits, SamplingOptions options) {
        Tensor kept = logits;
        if (options.topK() > 0) {
            int k = (int) Math.min(options.topK(), logits.size(-1));
            Tensor smallest = kept.topK(k, -1).values().narrow(1, k - 1, 1);
            kept = kept.maskedFill(kept.lessThan(smallest), Double.NEGATIVE_INFINITY);
        }
        if (options.topP() < 1) {
            kept = nucleus(kept, options.topP());
        }
        if (options.minP() > 0) {
            Tensor probabilities = kept.softmax(-1);
            Tensor minimum = probabilities.max(-1).unsqueeze(-1).times(options.minP());
            kept = kept.maskedFill(probabilities.lessThan(minimum), Double.NEGATIVE_INFINITY);
        }
        return kept;
    }

    /** The smallest set of most probable tokens whose probability reaches p (arXiv 1904.09751). */
    private static Tensor nucleus(Tensor logits, double p) {
        Tensor.Sorted ascending = logits.sort(-1, false);
        Tensor tail = ascending.values().softmax(-1).cumsum(-1);
        Tensor removed = tail.greaterThan(1 - p).not();
        long vocabulary = logits.size(-1);
        Tensor best = Tensor.arange(vocabulary).equalTo((double) vocabulary - 1);
        Tensor dropped = removed.and(best.not());
        Tensor inPlace = dropped.scatter(1, ascending.indices(), dropped);
        return logits.maskedFill(inPlace, Double.NEGATIVE_INFINITY);
    }
}
