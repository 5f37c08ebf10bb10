package dev.attune.model.config;

import java.util.List;

/** The scaling of rotary frequencies for contexts longer than in pretraining. */
public sealed interface RopeScaling {
    /** Rope type {@code default}: frequencies as they are. */
    record None() implements RopeScaling {}

    /** Rope type {@code linear}: every frequency divided by {@code factor}. */
    record Linear(double factor) implements RopeScaling {}

    /**
     * Rope type {@code dynamic} (NTK): beyond {@code maxPositions} a sequence of n positions uses the base {@code theta
     * (factor n / maxPositions - (factor - 1))^(d / (d - 2))}, d being the rotary dimension.
     */
    record Dynamic(double factor, int maxPositions) implements RopeScaling {}

    /**
     * Rope type {@code llama3}: wavelengths over {@code originalPositions / lowFactor} are divided by {@code factor},
     * those under {@code originalPositions / highFactor} stay, those between are interpolated.
     */
    record Llama3(double factor, double lowFactor, double highFactor, int originalPositions) implements RopeScaling {}

    /**
     * Rope type {@code yarn} (arXiv 2309.00071).
     *
     * @param attentionFactor factor on cosines and sines, derived from {@code factor} if the file does not give it
     * @param truncate whether the bounds of the ramp are rounded outwards to whole dimensions
     */
    record Yarn(
            double factor,
            double attentionFactor,
            double betaFast,
            double betaSlow,
            int originalPositions,
            boolean truncate)
            implements RopeScaling {}

    /**
     * Rope type {@code longrope} (arXiv 2402.13753): frequency k is divided by {@code shortFactors[k]}, or, when the
     * batch holds a position at or beyond {@code originalPositions}, by {@code longFactors[k]}.
     *
     * @param attentionFactor factor on cosines and sines, derived if the file does not give it
     */
    record LongRope(List<Double> shortFactors, List<Double> longFactors, double attentionFactor, int originalPositions)
            implements RopeScaling {
        public LongRope {
            shortFactors = List.copyOf(shortFactors);
            longFactors = List.copyOf(longFactors);
        }
    }
}
