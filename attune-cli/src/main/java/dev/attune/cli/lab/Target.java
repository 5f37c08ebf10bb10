package dev.attune.cli.lab;

import dev.attune.core.chart.Html;
import java.util.function.DoublePredicate;

/** The target of a figure. NaN never meets a target. */
public record Target(String text, DoublePredicate met) {
    /** No target: the figure is only shown. */
    public static final Target NONE = new Target("", value -> true);

    public static Target atLeast(double bound) {
        return new Target("at least " + Html.number(bound), value -> value >= bound);
    }

    public static Target atMost(double bound) {
        return new Target("at most " + Html.number(bound), value -> value <= bound);
    }

    public static Target under(double bound) {
        return new Target("under " + Html.number(bound), value -> value < bound);
    }

    public static Target between(double low, double high) {
        return new Target(Html.number(low) + " to " + Html.number(high), value -> value >= low && value <= high);
    }
}
