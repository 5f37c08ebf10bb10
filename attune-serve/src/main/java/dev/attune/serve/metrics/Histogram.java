package dev.attune.serve.metrics;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** A histogram of seconds with fixed buckets. */
final class Histogram {
    private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300};

    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Histogram() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(long elapsedNanos) {
        double seconds = elapsedNanos / 1e9;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        nanos.add(elapsedNanos);
    }

    /** @param labels {@code route="/v1/..."}, without braces */
    void write(StringBuilder out, String name, String labels) {
        String comma = labels.isEmpty() ? "" : ",";
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i].sum();
            String bound = i < BOUNDS.length ? String.format(Locale.ROOT, "%s", BOUNDS[i]) : "+Inf";
            out.append(name).append("_bucket{").append(labels).append(comma);
            out.append("le=\"").append(bound).append("\"} ").append(total).append('\n');
        }
        String braces = labels.isEmpty() ? "" : "{" + labels + "}";
        out.append(name)
                .append("_sum")
                .append(braces)
                .append(' ')
                .append(nanos.sum() / 1e9)
                .append('\n');
        out.append(name)
                .append("_count")
                .append(braces)
                .append(' ')
                .append(total)
                .append('\n');
    }
}
