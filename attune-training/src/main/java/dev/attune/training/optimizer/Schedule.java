package dev.attune.training.optimizer;

import java.util.Locale;

/**
 * The learning rate over a run, as a factor of the peak: a linear warm-up, then constant, linear to 0, or a half cosine to
 * 0. With warm-up w and n steps, step s (from 1) has the factor s/w for s &lt;= w; after it, with p = (s - 1 - w) / (n - w),
 * 1, 1 - p, or (1 + cos(pi p)) / 2: the first step after the warm-up has the full rate, and no step has the rate 0.
 */
public record Schedule(Shape shape, int warmUp, int steps) {
    /** What follows the warm-up. */
    public enum Shape {
        CONSTANT,
        LINEAR,
        COSINE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param step from 1
     * @return in (0, 1]; past the last step what the last step had
     */
    public double factor(int step) {
        if (step <= warmUp) {
            return (double) step / warmUp;
        }
        int last = Math.max(steps, warmUp + 1);
        double progress = (double) (Math.min(step, last) - 1 - warmUp) / (last - warmUp);
        return switch (shape) {
            case CONSTANT -> 1;
            case LINEAR -> 1 - progress;
            case COSINE -> (1 + Math.cos(Math.PI * progress)) / 2;
        };
    }
}
