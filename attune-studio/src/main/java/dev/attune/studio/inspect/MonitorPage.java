package dev.attune.studio.inspect;

import dev.attune.core.hacking.HackingReport;
import dev.attune.core.hacking.HackingSign;
import dev.attune.core.hacking.Verdict;
import dev.attune.core.run.MetricsLog;
import dev.attune.studio.run.FoundRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page on reward hacking.
 *
 * @param summary the verdict in words
 * @param independent whether a held-out metric was measured
 */
public record MonitorPage(String run, Verdict verdict, String summary, boolean independent, List<Panel> panels) {
    /**
     * A finding with its charts and numbers.
     *
     * @param charts figures as HTML
     * @param numbers by name
     */
    public record Panel(HackingSign finding, List<String> charts, Map<String, String> numbers) {
        /** The class of its verdict. */
        public String mark() {
            return MonitorPage.mark(finding.verdict());
        }
    }

    public static MonitorPage of(String run, MetricsLog metrics, HackingReport report) {
        MonitorCharts charts = new MonitorCharts(metrics, report);
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < report.findings().size(); i++) {
            HackingSign finding = report.findings().get(i);
            panels.add(
                    finding.topic() == HackingSign.Topic.SCORE
                            ? new Panel(
                                    finding,
                                    charts.heldOutMetric(report.heldOutMetrics().get(i)),
                                    HeldOutMetricNumbers.of(
                                            report.heldOutMetrics().get(i)))
                            : new Panel(finding, charts.of(finding.topic()), Map.of()));
        }
        return new MonitorPage(run, report.verdict(), report.summary(), report.hasIndependent(), panels);
    }

    /** The address of the run's rollouts. */
    public String rollouts() {
        return "/inspect?run=" + FoundRun.query(run);
    }

    /** The class of the overall verdict. */
    public String mark() {
        return mark(verdict);
    }

    private static String mark(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
