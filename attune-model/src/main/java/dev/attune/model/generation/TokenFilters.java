package dev.attune.model.generation;

import dev.attune.model.tensor.Tensor;

/** Filters that exclude improbable tokens from sampling: top-k, top-p and min-p, in this order. */
public final class TokenFilters {
    private TokenFilters() {}

    /**
     * Sets the logits of excluded tokens to minus infinity; the temperature has been applied to {@code logits [rows, vocab]}.
     *
     * @param topK number of tokens that stay; 0: all
     * @param topP the smallest set of most probable tokens whose probability reaches it stays (arXiv 1904.09751); 1: all
     * @param minP tokens below this share of the highest probability go; 0: none
     */
    public static Tensor keep(Tensor logits, int topK, double topP, double minP) {
        Tensor kept = logits;
        if (topK > 0) {
            int k = (int) Math.min(topK, logits.size(-1));
            Tensor smallest = kept.topK(k, -1).values().narrow(1, k - 1, 1);
            kept = kept.maskedFill(kept.lessThan(smallest), Double.NEGATIVE_INFINITY);
        }
        if (topP < 1) {
            kept = nucleus(kept, topP);
        }
        if (minP > 0) {
            Tensor probabilities = kept.softmax(-1);
            Tensor minimum = probabilities.max(-1).unsqueeze(-1).times(minP);
            kept = kept.maskedFill(probabilities.lessThan(minimum), Double.NEGATIVE_INFINITY);
        }
        return kept;
    }

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

    /**
     * The inverse of the cumulative distribution: per row the first token whose cumulated probability exceeds the number.
     *
     * @param probabilities {@code [rows, vocab]}
     * @param uniforms in [0, 1), one a row
     * @return {@code [rows]}
     */
    public static Tensor pick(Tensor probabilities, float[] uniforms) {
        var below = new float[uniforms.length];
        for (int i = 0; i < below.length; i++) {
            // Strictly below 1 in float32 as well, so that a token of probability 0 is never sampled.
            below[i] = Math.min(uniforms[i], 1 - 0x1.0p-24f);
        }
        Tensor cumulated = probabilities.cumsum(-1);
        long last = cumulated.size(-1) - 1;
        Tensor threshold = cumulated.narrow(1, last, 1).times(Tensor.of(below, below.length, 1));
        return cumulated.atMost(threshold).sum(-1).clamp(0, (double) last);
    }
}
