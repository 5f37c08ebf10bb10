package dev.attune.training.losses;

import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the terms of tokens become one loss: the weight of each token, which is the same for all tokens of a sequence and
 * known before the forward pass. The loss of the window is the sum over its tokens of weight times term, so that
 * micro-batches add up to the same loss and gradient, however they are cut. T_i are the scored tokens of sequence i, N is the
 * number of sequences, masked ones included. A window without scored tokens has weights 0: loss 0, never 0/0.
 *
 * <p>Names and denominators are those of TRL. "Token-level" means over all tokens of the batch, not over those of each
 * prompt's group, on which implementations of DAPO differ.
 */
public enum LossAggregation {
    /** 1 / (N T_i): the mean over sequences of the mean over their tokens (arXiv 2402.03300, eq. 3). */
    GRPO {
        @Override
        double weight(LossWindow window, int sequence) {
            return 1.0 / window.tokens().length / Math.max(1, window.tokens()[sequence]);
        }
    },
    /**
     * 1 / tokens: the mean over the tokens of a batch. With {@link LossWindow#batches} it is the mean over batches of the
     * mean over their tokens, as TRL has it, and then depends on what a batch is.
     */
    BNPO {
        @Override
        double weight(LossWindow window, int sequence) {
            int[] batches = window.batches();
            long tokens = 0;
            for (int i = 0; i < batches.length; i++) {
                tokens += batches[i] == batches[sequence] ? window.tokens()[i] : 0;
            }
            return 1.0 / Arrays.stream(batches).distinct().count() / Math.max(1, tokens);
        }
    },
    /** 1 / (N L) with L the longest completion that may be sampled: no bias by length (arXiv 2503.20783, section 3.2). */
    DR_GRPO {
        @Override
        double weight(LossWindow window, int sequence) {
            return 1.0 / window.tokens().length / Math.max(1, window.maxLength());
        }
    },
    /**
     * 1 / tokens of the whole generation batch, scaled to the window's share of it: the mean over tokens
     * (arXiv 2503.14476, eq. 8). CISPO and VESPO use it too.
     */
    DAPO {
        @Override
        double weight(LossWindow window, int sequence) {
            return 1.0 / (Math.max(1, window.generationTokens()) * window.generationShare());
        }
    },
    /** 1 / N: the mean over sequences of the sum over their tokens (LUSPO, arXiv 2602.05261). */
    LUSPO {
        @Override
        double weight(LossWindow window, int sequence) {
            return 1.0 / window.tokens().length;
        }
    };

    abstract double weight(LossWindow window, int sequence);

    /** The weight of each token of each sequence, one number per sequence; 0 where a sequence has no scored tokens. */
    public double[] weights(LossWindow window) {
        double[] weights = new double[window.tokens().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = window.tokens()[i] == 0 ? 0 : weight(window, i);
        }
        return weights;
    }

    /** The name in recipes. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws BadInputException for an unknown name */
    public static LossAggregation parse(String place, String name) {
        return Arrays.stream(values())
                .filter(value -> value.configName().equals(name))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        place,
                        "'" + name + "'",
                        Arrays.stream(values()).map(LossAggregation::configName).collect(Collectors.joining(", ")),
                        "choose one of these"));
    }

    @Override
    public String toString() {
        return configName();
    }
}
