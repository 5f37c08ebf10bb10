package dev.attune.core.chart;

import static dev.attune.core.chart.Html.at;
import static dev.attune.core.chart.Html.escape;
import static dev.attune.core.chart.Html.number;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Curves over steps as an inline SVG figure. Colours come from the page's style sheet, for light and dark mode.
 *
 * @param title what is shown, with its unit
 * @param note one sentence under the title that explains the chart
 * @param bound a level to mark with a line, such as a KL limit
 */
public record LineChart(String title, String note, String xLabel, List<Series> series, OptionalDouble bound) {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 220;
    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 34;
    private static final int MAX_POINTS = 300;

    public static LineChart of(String title, String note, Series... series) {
        return new LineChart(title, note, "step", List.of(series), OptionalDouble.empty());
    }

    /** The figure, or a sentence if there is nothing to draw. */
    public String html() {
        List<Series> visible = series.stream()
                .filter(s -> !s.isEmpty())
                .map(s -> s.thinned(MAX_POINTS))
                .toList();
        String caption = "<figcaption><b>" + escape(title) + "</b><span>" + escape(note) + "</span></figcaption>";
        if (visible.isEmpty()) {
            return "<figure class=\"chart\">" + caption + "<p class=\"quiet\">Not recorded in this run.</p></figure>";
        }
        return "<figure class=\"chart\">" + caption + legend(visible) + svg(visible) + "</figure>";
    }

    private static String legend(List<Series> visible) {
        if (visible.size() < 2) {
            return "";
        }
        StringBuilder legend = new StringBuilder("<p class=\"legend\">");
        for (int i = 0; i < visible.size(); i++) {
            legend.append("<span><i class=\"s")
                    .append(i + 1)
                    .append("\"></i>")
                    .append(escape(visible.get(i).name()))
                    .append("</span>");
        }
        return legend.append("</p>").toString();
    }

    private String svg(List<Series> visible) {
        Axis x = xAxis(visible);
        Axis y = yAxis(visible);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" data-curves=\"%s\">"
                .formatted(WIDTH, HEIGHT, escape(title), escape(curves(visible, x, y))));
        for (double tick : y.ticks()) {
            double py = y.place(tick, HEIGHT - BOTTOM, TOP);
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                    .formatted(LEFT, WIDTH - RIGHT, at(py), at(py)));
            svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%s\">%s</text>"
                    .formatted(LEFT - 7, at(py + 3.5), tickLabel(tick)));
        }
        for (double tick : x.ticks()) {
            svg.append("<text class=\"tick\" text-anchor=\"middle\" x=\"%s\" y=\"%d\">%s</text>"
                    .formatted(at(x.place(tick, LEFT, WIDTH - RIGHT)), HEIGHT - BOTTOM + 16, tickLabel(tick)));
        }
        svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>"
                .formatted(WIDTH - RIGHT, HEIGHT - 3, escape(xLabel)));
        bound.ifPresent(level -> {
            double py = y.place(level, HEIGHT - BOTTOM, TOP);
            svg.append("<line class=\"bound\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                    .formatted(LEFT, WIDTH - RIGHT, at(py), at(py)));
            svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%s\">bound %s</text>"
                    .formatted(WIDTH - RIGHT, at(py - 4), number(level)));
        });
        for (int i = 0; i < visible.size(); i++) {
            svg.append(path(visible.get(i), i + 1, x, y));
        }
        return svg.append("</svg>").toString();
    }

    private static String path(Series series, int colour, Axis x, Axis y) {
        String points = series.points().stream()
                .map(p -> at(x.place(p.x(), LEFT, WIDTH - RIGHT)) + "," + at(y.place(p.y(), HEIGHT - BOTTOM, TOP)))
                .collect(Collectors.joining(" "));
        Series.Point last = series.points().get(series.points().size() - 1);
        return "<polyline class=\"curve s%d\" points=\"%s\"/><circle class=\"end s%d\" r=\"3.5\" cx=\"%s\" cy=\"%s\"/>"
                .formatted(
                        colour,
                        points,
                        colour,
                        at(x.place(last.x(), LEFT, WIDTH - RIGHT)),
                        at(y.place(last.y(), HEIGHT - BOTTOM, TOP)));
    }

    /** The data from which the page's script labels the point under the pointer. */
    private static String curves(List<Series> visible, Axis x, Axis y) {
        return visible.stream()
                .map(s -> s.name() + "|"
                        + s.points().stream()
                                .map(p -> at(x.place(p.x(), LEFT, WIDTH - RIGHT)) + ","
                                        + at(y.place(p.y(), HEIGHT - BOTTOM, TOP)) + "," + number(Math.rint(p.x()))
                                        + "," + number(p.y()))
                                .collect(Collectors.joining(";")))
                .collect(Collectors.joining("\n"));
    }

    private Axis xAxis(List<Series> visible) {
        double low = visible.stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Series.Point::x)
                .min()
                .orElseThrow();
        double high = visible.stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Series.Point::x)
                .max()
                .orElseThrow();
        return Axis.covering(low <= 1 ? 0 : low, high, 5).endingAt(high);
    }

    private Axis yAxis(List<Series> visible) {
        double low = visible.stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Series.Point::y)
                .min()
                .orElseThrow();
        double high = visible.stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Series.Point::y)
                .max()
                .orElseThrow();
        double withBoundLow = bound.isPresent() ? Math.min(low, bound.getAsDouble()) : low;
        double withBoundHigh = bound.isPresent() ? Math.max(high, bound.getAsDouble()) : high;
        boolean nearZero = withBoundLow >= 0 && withBoundLow < 0.6 * withBoundHigh;
        return Axis.covering(nearZero ? 0 : withBoundLow, withBoundHigh, 4);
    }

    private static String tickLabel(double tick) {
        double rounded = Math.rint(tick * 1e6) / 1e6;
        if (Math.abs(rounded) >= 10_000) {
            return number(rounded / 1000) + "k";
        }
        String text = rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
        return text.replace('-', '\u2212');
    }
}
