package dev.attune.model.transformer;

import dev.attune.model.config.Experts;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The experts of one layer (arXiv 2401.04088): y = sum over the k best e of p_e(x) expert_e(x), with p = softmax(router
 * x) over all experts, for some families divided by the sum of the k best. The router is computed in float32 whatever
 * the precision of products. Each expert computes only the tokens that chose it.
 *
 * @param router {@code [experts, width]}
 */
record ExpertMixture(Experts config, Tensor router, List<FeedForward> experts) implements MlpBlock {
    @Override
    public Tensor apply(Tensor x) {
        Tensor tokens = x.reshape(-1, x.size(-1));
        Tensor.Sorted best = probabilities(tokens).topK(config.perToken(), -1);
        Tensor weights = config.normalized()
                ? best.values().dividedBy(best.values().sum(-1).unsqueeze(-1))
                : best.values();
        return outputs(tokens, best.indices().toLongs())
                .times(weights.unsqueeze(-1))
                .sum(1)
                .reshape(x.shape());
    }

    /** The router's probability of each expert, {@code [tokens, experts]}. */
    Tensor probabilities(Tensor tokens) {
        return Functional.float32Linear(tokens, router).softmax(-1);
    }

    /**
     * The outputs of the chosen experts, {@code [tokens, perToken, width]}.
     *
     * @param chosen the expert of each slot, token by token
     */
    private Tensor outputs(Tensor tokens, long[] chosen) {
        List<Tensor> parts = new ArrayList<>();
        long[] placeOfSlot = new long[chosen.length];
        int place = 0;
        for (int expert = 0; expert < experts.size(); expert++) {
            long[] slots = slotsOf(expert, chosen);
            if (slots.length == 0) {
                continue;
            }
            long[] rows =
                    Arrays.stream(slots).map(slot -> slot / config.perToken()).toArray();
            parts.add(experts.get(expert).apply(tokens.indexSelect(0, Tensor.of(rows, rows.length))));
            for (long slot : slots) {
                placeOfSlot[(int) slot] = place++;
            }
        }
        return Tensor.cat(parts, 0)
                .indexSelect(0, Tensor.of(placeOfSlot, placeOfSlot.length))
                .reshape(tokens.size(0), config.perToken(), -1);
    }

    private static long[] slotsOf(int expert, long[] chosen) {
        return IntStream.range(0, chosen.length)
                .filter(slot -> chosen[slot] == expert)
                .asLongStream()
                .toArray();
    }
}
