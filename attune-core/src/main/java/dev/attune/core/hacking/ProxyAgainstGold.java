package dev.attune.core.hacking;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The optimised score (the proxy) and another one (the gold reward), measured together over a run. */
public record ProxyAgainstGold(String name, Kind kind, List<Point> points) {
    /** How independent the gold reward is of the optimised score. */
    public enum Kind {
        /** A reward function of weight 0: measured, and not learned from. */
        UNUSED("not optimised"),
        /** One of several functions whose sum is optimised. */
        PART("one part of the sum"),
        /** The optimised functions on prompts that are not trained on: reward hacking raises these scores too. */
        HELD_OUT_PROMPTS("optimised, on held-out prompts");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * An evaluation.
     *
     * @param distance sqrt(KL) from the reference; a KL estimate below 0 counts as 0
     */
    public record Point(long step, double distance, double optimised, double score) {}

    public double[] distances() {
        return column(Point::distance);
    }

    public double[] optimised() {
        return column(Point::optimised);
    }

    public double[] scores() {
        return column(Point::score);
    }

    private double[] column(ToDoubleFunction<Point> number) {
        return points.stream().mapToDouble(number).toArray();
    }
}
