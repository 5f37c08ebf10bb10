package dev.attune.studio.inspect;

import dev.attune.core.chart.Html;
import dev.attune.core.hacking.HeldOutMetric;
import dev.attune.core.hacking.Overoptimisation;
import dev.attune.core.hacking.StopCalibration;
import dev.attune.core.stats.Estimate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The figures of a held-out metric, as text. */
final class HeldOutMetricNumbers {
    private HeldOutMetricNumbers() {}

    static Map<String, String> of(HeldOutMetric metric) {
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put(
                "fit R(d) = start + d (alpha - beta log d)",
                metric.fit().map(HeldOutMetricNumbers::curve).orElse("too few points"));
        numbers.put(
                "peak of the fit", metric.fit().map(HeldOutMetricNumbers::peak).orElse("-"));
        numbers.put("d now", Html.number(metric.distance()));
        if (metric.calibration().evaluations() >= StopCalibration.MIN_EVALUATIONS) {
            addRule(numbers, metric);
        }
        return numbers;
    }

    private static void addRule(Map<String, String> numbers, HeldOutMetric metric) {
        StopCalibration calibration = metric.calibration();
        numbers.put(
                "stop rule",
                String.format(
                        Locale.ROOT,
                        "the mean of %d evaluations falls more than %.2f standard errors below its maximum, while the optimised score rises",
                        calibration.rule().window(),
                        calibration.rule().threshold()));
        numbers.put(
                "fall, current and largest",
                String.format(
                        Locale.ROOT,
                        "%.2f and %.2f standard errors",
                        metric.decision().drop(),
                        metric.decision().greatest()));
        numbers.put(
                "false alarms",
                share(calibration.falsePositives()) + " of simulated runs of " + calibration.evaluations()
                        + " evaluations whose metric only fluctuates are stopped");
        numbers.put(
                "true alarms",
                share(calibration.power()) + " of those that fall by " + Html.number(StopCalibration.FALL)
                        + " standard deviations of the noise are stopped");
    }

    private static String curve(Overoptimisation fit) {
        return "start " + Html.number(fit.start()) + ", alpha " + Html.number(fit.alpha()) + ", beta "
                + Html.number(fit.beta()) + ", R² " + Html.number(fit.rSquared());
    }

    private static String peak(Overoptimisation fit) {
        return fit.peak().isPresent()
                ? "d = " + Html.number(fit.peak().getAsDouble())
                : "no peak within the measured range";
    }

    private static String share(Estimate estimate) {
        return Html.percent(estimate.value());
    }
}
