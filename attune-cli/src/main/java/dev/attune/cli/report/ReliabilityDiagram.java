package dev.attune.cli.report;

import static dev.attune.core.chart.Html.at;
import static dev.attune.core.chart.Html.escape;
import static dev.attune.core.chart.Html.percent;

import dev.attune.core.chart.Axis;
import java.util.List;

/**
 * The observed accuracy of a reward model by its predicted probability. Points on the diagonal mean that it is
 * calibrated.
 */
public record ReliabilityDiagram(String note, List<Bin> bins) {
    private static final int SIZE = 260;
    private static final int LEFT = 46;
    private static final int TOP = 10;
    private static final int BOTTOM = 36;

    /**
     * @param confidence mean predicted probability of the bin's pairs, in [0, 1]
     * @param accuracy share of them that the labels agree with, in [0, 1]
     * @param count how many pairs
     */
    public record Bin(double confidence, double accuracy, long count) {}

    public String html() {
        StringBuilder svg = new StringBuilder();
        int plot = SIZE - BOTTOM - TOP;
        double low = bins.stream().allMatch(bin -> bin.confidence() >= 0.5) ? 0.4 : 0;
        Axis axis = Axis.covering(low, 1, 5);
        double right = LEFT + plot;
        double bottom = TOP + plot;
        svg.append("<figure class=\"chart narrow\"><figcaption><b>Calibration</b><span>")
                .append(escape(note))
                .append("</span></figcaption>");
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"reliability diagram\">"
                .formatted(LEFT + plot + 14, SIZE));
        for (double tick : axis.ticks()) {
            double py = axis.place(tick, bottom, TOP);
            double px = axis.place(tick, LEFT, right);
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
                    .formatted(LEFT, at(right), at(py), at(py)));
            svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%s\">%.0f %%</text>"
                    .formatted(LEFT - 6, at(py + 3.5), 100 * tick));
            svg.append("<text class=\"tick\" text-anchor=\"middle\" x=\"%s\" y=\"%s\">%.0f</text>"
                    .formatted(at(px), at(bottom + 15), 100 * tick));
        }
        svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"%s\" y=\"%d\">predicted, %%</text>"
                .formatted(at(right), SIZE - 6));
        svg.append("<line class=\"bound\" x1=\"%d\" y1=\"%s\" x2=\"%s\" y2=\"%d\"/>"
                .formatted(LEFT, at(bottom), at(right), TOP));
        long most = bins.stream().mapToLong(Bin::count).max().orElse(1);
        for (Bin bin : bins) {
            if (bin.count() > 0) {
                svg.append(("<circle class=\"dot s1\" r=\"%s\" cx=\"%s\" cy=\"%s\"><title>predicted %s, observed %s,"
                                + " %d pairs</title></circle>")
                        .formatted(
                                at(3 + 5 * Math.sqrt((double) bin.count() / most)),
                                at(axis.place(bin.confidence(), LEFT, right)),
                                at(axis.place(bin.accuracy(), bottom, TOP)),
                                percent(bin.confidence()),
                                percent(bin.accuracy()),
                                bin.count()));
            }
        }
        return svg.append("</svg></figure>").toString();
    }
}
