package dev.attune.model.tensor;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Random numbers without hidden state: each is a function of a seed, a purpose and indices such as a step or a row, so
 * that a resumed run gets the same numbers as an uninterrupted one.
 */
public final class Randomness {
    private static final int CHUNK = 1 << 16;
    private static final double UNIT = 0x1.0p-53;

    private final long key;

    private Randomness(long key) {
        this.key = key;
    }

    /** The source for a purpose and a seed; different purposes are independent. */
    public static Randomness of(long seed, String purpose) {
        long hash = 0xcbf29ce484222325L;
        for (byte character : purpose.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ character) * 0x100000001b3L;
        }
        return new Randomness(mix(mix(seed) ^ hash));
    }

    /** The source for one step, row or other index under this one. */
    public Randomness at(long index) {
        return new Randomness(mix(key + 0x9e3779b97f4a7c15L * (index + 1)));
    }

    /** A seed for other generators. */
    public long seed() {
        return mix(key);
    }

    /** Uniform in the open interval (0, 1). */
    public double uniform() {
        return ((mix(key) >>> 11) + 0.5) * UNIT;
    }

    /** A stream of Java's random numbers. */
    public SplittableRandom stream() {
        return new SplittableRandom(mix(key));
    }

    /** Independent float32 samples of N(mean, deviation^2), on the engine's device. */
    public Tensor normal(double mean, double deviation, long... shape) {
        Tensor result = Tensor.empty(DType.FLOAT32, Device.CPU, shape);
        SplittableRandom random = stream();
        var data = result.raw().data_ptr_float();
        var chunk = new float[CHUNK];
        long count = result.count();
        for (long start = 0; start < count; start += CHUNK) {
            int length = (int) Math.min(CHUNK, count - start);
            for (int i = 0; i < length; i++) {
                chunk[i] = (float) (mean + deviation * random.nextGaussian());
            }
            data.position(start).put(chunk, 0, length);
        }
        return result.to(Engine.device());
    }

    /** Independent float32 samples, uniform in [low, high), on the engine's device. */
    public Tensor uniform(double low, double high, long... shape) {
        Tensor result = Tensor.empty(DType.FLOAT32, Device.CPU, shape);
        result.raw().uniform_(low, high, generator());
        return result.to(Engine.device());
    }

    private GeneratorOptional generator() {
        return new GeneratorOptional(torch.createCPUGenerator(seed()));
    }

    /**
     * Factors of dropout, on the engine's device: 0 with a probability, otherwise 1 / (1 - probability). Each row depends
     * only on its own source, and further elements of a row do not change its earlier ones.
     *
     * @param rows the source of each row
     * @param shape {@code [rows, ...]}
     */
    public static Tensor dropout(double probability, List<Randomness> rows, long... shape) {
        try (NoGrad off = NoGrad.on()) {
            Tensor uniform = Tensor.empty(DType.FLOAT32, Device.CPU, shape);
            for (int row = 0; row < rows.size(); row++) {
                uniform.select(0, row).raw().uniform_(0, 1, rows.get(row).generator());
            }
            return uniform.lessThan(probability)
                    .not()
                    .toFloat()
                    .dividedBy(1 - probability)
                    .to(Engine.device());
        }
    }

    /** The numbers 0 to n - 1 in random order. */
    public int[] permutation(int n) {
        SplittableRandom random = stream();
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
