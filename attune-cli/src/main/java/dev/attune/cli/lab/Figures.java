package dev.attune.cli.lab;

import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import java.util.ArrayList;
import java.util.List;

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
