package dev.attune.model.config;

import org.jspecify.annotations.Nullable;

/**
 * The values of keys that a config.json leaves out, as in transformers.
 *
 * @param positions context length
 * @param kvHeads number of key and value heads; null: as many as query heads
 * @param headDim width of a head; null: the width divided by the number of heads
 * @param mlpRatio inner width of the feed-forward blocks divided by the width; null: the key is required
 * @param activation activation function of the feed-forward blocks
 * @param normEpsilon epsilon of the norms
 * @param tied whether the output projection is the embedding
 * @param bos id of the BOS token, or null
 * @param eos id of the EOS token, or null
 * @param pad id of the padding token, or null
 */
public record FamilyDefaults(
        int positions,
        @Nullable Integer kvHeads,
        @Nullable Integer headDim,
        @Nullable Integer mlpRatio,
        String activation,
        double normEpsilon,
        boolean tied,
        @Nullable Integer bos,
        @Nullable Integer eos,
        @Nullable Integer pad) {

    /** 2,048 positions, SiLU, epsilon 1e-6, an output projection of its own, no token ids. */
    public static FamilyDefaults usual() {
        return new FamilyDefaults(2048, null, null, null, "silu", 1e-6, false, null, null, null);
    }

    public FamilyDefaults withPositions(int value) {
        return new FamilyDefaults(value, kvHeads, headDim, mlpRatio, activation, normEpsilon, tied, bos, eos, pad);
    }

    public FamilyDefaults withKvHeads(int value) {
        return new FamilyDefaults(positions, value, headDim, mlpRatio, activation, normEpsilon, tied, bos, eos, pad);
    }

    public FamilyDefaults withHeadDim(int value) {
        return new FamilyDefaults(positions, kvHeads, value, mlpRatio, activation, normEpsilon, tied, bos, eos, pad);
    }

    public FamilyDefaults withMlpRatio(int value) {
        return new FamilyDefaults(positions, kvHeads, headDim, value, activation, normEpsilon, tied, bos, eos, pad);
    }

    public FamilyDefaults withActivation(String name) {
        return new FamilyDefaults(positions, kvHeads, headDim, mlpRatio, name, normEpsilon, tied, bos, eos, pad);
    }

    public FamilyDefaults withNormEpsilon(double value) {
        return new FamilyDefaults(positions, kvHeads, headDim, mlpRatio, activation, value, tied, bos, eos, pad);
    }

    public FamilyDefaults withTied(boolean value) {
        return new FamilyDefaults(positions, kvHeads, headDim, mlpRatio, activation, normEpsilon, value, bos, eos, pad);
    }

    /** Ids of the BOS, EOS and padding tokens; each is used only if it is in the vocabulary. */
    public FamilyDefaults withTokens(@Nullable Integer bosId, @Nullable Integer eosId, @Nullable Integer padId) {
        return new FamilyDefaults(
                positions, kvHeads, headDim, mlpRatio, activation, normEpsilon, tied, bosId, eosId, padId);
    }
}
