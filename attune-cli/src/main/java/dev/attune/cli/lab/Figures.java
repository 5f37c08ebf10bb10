package dev.attune.cli.lab;

import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.core.stats.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of an experiment, with their targets. */
public final class Figures {
    private final List<Figure> figures = new ArrayList<>();

    /**
     * @param note details, such as an interval; may be empty
     */
    public record Figure(String name, double value, Target target, String note) {
        public boolean met() {
            return target.met().test(value);
        }
    }

    public Figures add(String name, double value, Target target) {
        return add(name, value, target, "");
    }

    public Figures add(String name, double value, Target target, String note) {
        figures.add(new Figure(name, value, target, note));
        return this;
    }

    /** Adds the median of several values, with all of them as its note. */
    public Figures addMedian(String name, double[] values, Target target, int digits) {
        String each = Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, " %." + digits + "f", value))
                .collect(Collectors.joining("", "median of", ""));
        return add(name, Summary.median(values), target, each);
    }

    public List<Figure> all() {
        return List.copyOf(figures);
    }

    public boolean allMet() {
        return figures.stream().allMatch(Figure::met);
    }

    /** A row per figure; the last column says {@code met} or {@code MISSED} if there is a target. */
    @Override
    public String toString() {
        Table table = Table.of("figure", ">value", "target", "", "");
        for (Figure figure : figures) {
            boolean free = figure.target().text().isEmpty();
            table.row(
                    figure.name(),
                    Html.number(figure.value()),
                    figure.target().text(),
                    free ? "" : figure.met() ? "met" : "MISSED",
                    figure.note());
        }
        return table.toString();
    }
}
