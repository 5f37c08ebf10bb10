package dev.attune.core.chart;

import java.util.ArrayList;
import java.util.List;

/** A linear scale from data to pixels with round ticks. */
public record Axis(double low, double high, double step) {
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    /** An axis that covers [low, high] with about {@code count} round ticks. */
    public static Axis covering(double low, double high, int count) {
        double from = Math.min(low, high);
        double to = Math.max(low, high);
        if (to - from < 1e-12 * Math.max(1, Math.abs(to))) {
            double room = Math.max(Math.abs(to) * 0.1, 1e-3);
            from -= room;
            to += room;
        }
        double rough = (to - from) / count;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * 10;
        for (double round : ROUND) {
            if (round * power >= rough) {
                step = round * power;
                break;
            }
        }
        return new Axis(Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step, step);
    }

    /** The same ticks on an axis that ends at the last value. */
    public Axis endingAt(double last) {
        return last > low ? new Axis(low, last, step) : this;
    }

    public List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        long count = (long) Math.floor((high - low) / step + 1e-9);
        for (long i = 0; i <= count; i++) {
            double tick = low + i * step;
            ticks.add(Math.abs(tick) < step * 1e-9 ? 0 : tick);
        }
        return ticks;
    }

    /** The position of {@code value} between {@code start} (low) and {@code end} (high), in pixels. */
    public double place(double value, double start, double end) {
        return start + (value - low) / (high - low) * (end - start);
    }
}
