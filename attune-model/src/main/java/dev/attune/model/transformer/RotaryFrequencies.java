package dev.attune.model.transformer;

import dev.attune.model.config.Rope;
import dev.attune.model.config.RopeScaling;
import dev.attune.model.tensor.Tensor;
import java.util.List;

/**
 * The rotation frequency of each pair of dimensions, in float32 and in the order of operations of transformers, so that
 * far positions agree to the last bits.
 *
 * @param inverse radians per position, float32 {@code [rotaryDim / 2]}
 * @param attentionFactor factor on cosines and sines
 */
record RotaryFrequencies(Tensor inverse, double attentionFactor) {
    /** @param length one more than the largest position of the batch; only dynamic and longrope depend on it */
    static RotaryFrequencies of(Rope rope, long length) {
        Tensor powers = powers(rope.theta(), rope.rotaryDim());
        RopeScaling scaling = rope.scaling();
        if (scaling instanceof RopeScaling.Linear linear) {
            return plain(reciprocal(powers).dividedBy(linear.factor()));
        }
        if (scaling instanceof RopeScaling.Dynamic dynamic) {
            return plain(reciprocal(powers(dynamicTheta(rope, dynamic, length), rope.rotaryDim())));
        }
        if (scaling instanceof RopeScaling.Llama3 llama3) {
            return plain(llama3(reciprocal(powers), llama3));
        }
        if (scaling instanceof RopeScaling.Yarn yarn) {
            return new RotaryFrequencies(yarn(powers, rope, yarn), yarn.attentionFactor());
        }
        if (scaling instanceof RopeScaling.LongRope longRope) {
            List<Double> factors =
                    length > longRope.originalPositions() ? longRope.longFactors() : longRope.shortFactors();
            return new RotaryFrequencies(reciprocal(floats(factors).times(powers)), longRope.attentionFactor());
        }
        return plain(reciprocal(powers));
    }

    /** Whether the frequencies depend on the length of the batch. */
    static boolean dependOnLength(Rope rope) {
        return rope.scaling() instanceof RopeScaling.Dynamic || rope.scaling() instanceof RopeScaling.LongRope;
    }

    /** A number that is the same for two lengths if their frequencies are. */
    static long version(Rope rope, long length) {
        if (rope.scaling() instanceof RopeScaling.LongRope longRope) {
            return length > longRope.originalPositions() ? 1 : 0;
        }
        return rope.scaling() instanceof RopeScaling.Dynamic dynamic ? Math.max(length, dynamic.maxPositions()) : 0;
    }

    private static RotaryFrequencies plain(Tensor inverse) {
        return new RotaryFrequencies(inverse, 1);
    }

    /** theta^(2k / d) for k = 0 to d/2 - 1. */
    private static Tensor powers(double theta, int dim) {
        return Tensor.powers(theta, Tensor.arange(dim / 2).times(2).toFloat().dividedBy(dim));
    }

    private static Tensor reciprocal(Tensor x) {
        return Tensor.ones(1).dividedBy(x);
    }

    private static double dynamicTheta(Rope rope, RopeScaling.Dynamic dynamic, long length) {
        double seen = Math.max(length, dynamic.maxPositions());
        double stretch = dynamic.factor() * seen / dynamic.maxPositions() - (dynamic.factor() - 1);
        double dim = rope.rotaryDim();
        return rope.theta() * Math.pow(stretch, dim / (dim - 2));
    }

    private static Tensor llama3(Tensor inverse, RopeScaling.Llama3 scaling) {
        double longest = scaling.originalPositions() / scaling.lowFactor();
        double shortest = scaling.originalPositions() / scaling.highFactor();
        Tensor wavelength = Tensor.full(2 * Math.PI, 1).dividedBy(inverse);
        Tensor slow = wavelength.greaterThan(longest);
        Tensor scaled = inverse.dividedBy(scaling.factor()).where(slow, inverse);
        Tensor smooth = Tensor.full(scaling.originalPositions(), 1)
                .dividedBy(wavelength)
                .minus(scaling.lowFactor())
                .dividedBy(scaling.highFactor() - scaling.lowFactor());
        Tensor between = smooth.negate()
                .plus(1)
                .times(scaled)
                .dividedBy(scaling.factor())
                .plus(smooth.times(scaled));
        Tensor medium = wavelength.lessThan(shortest).or(slow).not();
        return between.where(medium, scaled);
    }

    private static Tensor yarn(Tensor powers, Rope rope, RopeScaling.Yarn scaling) {
        int half = rope.rotaryDim() / 2;
        double low = correctionDim(scaling.betaFast(), rope, scaling);
        double high = correctionDim(scaling.betaSlow(), rope, scaling);
        if (scaling.truncate()) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, rope.rotaryDim() - 1);
        if (low == high) {
            high += 0.001;
        }
        Tensor ramp =
                Tensor.arange(half).toFloat().minus(low).dividedBy(high - low).clamp(0, 1);
        Tensor extrapolated = ramp.negate().plus(1);
        Tensor interpolation = reciprocal(powers.times(scaling.factor()));
        Tensor extrapolation = reciprocal(powers);
        return interpolation.times(extrapolated.negate().plus(1)).plus(extrapolation.times(extrapolated));
    }

    /** The dimension that makes this number of rotations over the original context. */
    private static double correctionDim(double turns, Rope rope, RopeScaling.Yarn scaling) {
        return rope.rotaryDim()
                * Math.log(scaling.originalPositions() / (turns * 2 * Math.PI))
                / (2 * Math.log(rope.theta()));
    }

    private static Tensor floats(List<Double> values) {
        var data = new float[values.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = values.get(i).floatValue();
        }
        return Tensor.of(data, data.length);
    }
}
