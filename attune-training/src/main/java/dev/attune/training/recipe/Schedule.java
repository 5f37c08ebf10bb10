package dev.attune.training.recipe;

import java.util.Locale;

/**
 * The learning rate over a run, as a factor of the peak: a linear warm-up, then constant, linear to 0, or a half cosine
 * to 0. After the warm-up of w of n steps, step s (from 1) has the factor 1, 1 - p or (1 + cos(pi p)) / 2 with p = (s -
 * 1 - w) / (n - w), as in the schedules of the same names in transformers: the first step after the warm-up has the
 * full rate, and no later step has the rate 0. During the warm-up the factor is s / w or (s - 1) / w, see
 * {@link WarmUp}.
 */
public record Schedule(Shape shape, WarmUp style, int warmUp, int steps) {
    /** The course after the warm-up. */
    public enum Shape {
        CONSTANT,
        LINEAR,
        COSINE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The factor of step s, from 1, during a warm-up of w steps. */
    public enum WarmUp {
        /** s / w: the first step already learns, and the last one of the warm-up has the full rate. */
        ATTUNE,
        /** (s - 1) / w: the rate of the first step is 0, as in the schedules of transformers. */
        TRANSFORMERS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A schedule with the warm-up style {@link WarmUp#ATTUNE}. */
    public Schedule(Shape shape, int warmUp, int steps) {
        this(shape, WarmUp.ATTUNE, warmUp, steps);
    }

    /**
     * @param step from 1
     * @return in [0, 1]; past the last step the factor of the last step
     */
    public double factor(int step) {
        if (step <= warmUp) {
            return (style == WarmUp.ATTUNE ? step : step - 1.0) / warmUp;
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
