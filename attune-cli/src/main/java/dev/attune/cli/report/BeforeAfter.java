package dev.attune.cli.report;

import static dev.attune.core.chart.Html.at;
import static dev.attune.core.chart.Html.escape;
import static dev.attune.core.chart.Html.percent;

import dev.attune.core.chart.Axis;
import java.util.List;

/** A table of shares before and after training, each with its interval and a small chart. */
public record BeforeAfter(String beforeTitle, String afterTitle, List<Row> rows) {
    private static final int WIDTH = 180;
    private static final int HEIGHT = 26;

    /**
     * A measured share.
     *
     * @param share in [0, 1]
     * @param low lower end of its 95 % interval
     * @param high upper end
     */
    public record Measured(double share, double low, double high) {}

    /** @param better true if a higher share is better */
    public record Row(String name, String meaning, boolean better, Measured before, Measured after) {}

    public String html() {
        StringBuilder table = new StringBuilder(
                        "<div class=\"scroll\"><table class=\"figures\"><thead><tr><th></th><th>")
                .append(escape(beforeTitle))
                .append("</th><th>")
                .append(escape(afterTitle))
                .append("</th><th class=\"picture\">0 to 100 %</th></tr></thead><tbody>");
        for (Row row : rows) {
            table.append("<tr><th scope=\"row\">")
                    .append(escape(row.name()))
                    .append("<span>")
                    .append(escape(row.meaning()))
                    .append("</span></th>")
                    .append(cell(row.before(), ""))
                    .append(cell(row.after(), verdict(row)))
                    .append("<td class=\"picture\">")
                    .append(picture(row))
                    .append("</td></tr>");
        }
        return table.append("</tbody></table></div>").toString();
    }

    private static String cell(Measured measured, String kind) {
        return "<td class=\"%s\"><b>%s</b><span>%s to %s</span></td>"
                .formatted(
                        kind,
                        percent(measured.share()),
                        percent(measured.low()).replace(" %", ""),
                        percent(measured.high()));
    }

    /** Better or worse only if the intervals do not overlap. */
    private static String verdict(Row row) {
        boolean up = row.after().low() > row.before().high();
        boolean down = row.after().high() < row.before().low();
        if (!up && !down) {
            return "";
        }
        return up == row.better() ? "good" : "bad";
    }

    private static String picture(Row row) {
        Axis axis = new Axis(0, 1, 0.5);
        double from = axis.place(row.before().share(), 6, WIDTH - 6);
        double to = axis.place(row.after().share(), 6, WIDTH - 6);
        double middle = HEIGHT / 2.0;
        return ("<svg class=\"row\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"from %s to %s\">"
                        + "<line class=\"grid\" x1=\"6\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                        + "<line class=\"move\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
                        + "<circle class=\"hollow\" r=\"4.5\" cx=\"%s\" cy=\"%s\"/><circle class=\"dot s1\" r=\"5\" cx=\"%s\" cy=\"%s\"/>"
                        + "</svg>")
                .formatted(
                        WIDTH,
                        HEIGHT,
                        percent(row.before().share()),
                        percent(row.after().share()),
                        WIDTH - 6,
                        at(middle),
                        at(middle),
                        at(from),
                        at(to),
                        at(middle),
                        at(middle),
                        at(from),
                        at(middle),
                        at(to),
                        at(middle));
    }
}
