package dev.attune.cli.lab;

import dev.attune.core.hacking.StopCalibration;
import picocli.CommandLine.Command;

/** {@code attune lab stop-rule}: rates of false and true alarms of the reward-hacking monitor's stop rule. */
@Command(
        name = "stop-rule",
        description = {
            "Simulate runs of several lengths. Measure how often the stop rule of 'attune runs monitor' stops a run whose"
                    + " held-out metric only fluctuates, and one whose metric falls in its second half by 3 standard deviations of"
                    + " the noise.",
            "Each rate is measured on 10,000 runs; the threshold is set on 10,000 other runs."
        },
        footer = {"", "Example:", "  attune lab stop-rule"})
final class StopRuleLab extends LabCommand {
    private static final int[] EVALUATIONS = {20, 40, 100, 200};

    /** A fixed threshold for every length, for comparison. */
    private static final double FIXED = 3;

    @Override
    void measure(Figures figures) {
        for (int evaluations : EVALUATIONS) {
            StopCalibration calibration = StopCalibration.of(evaluations);
            String which = evaluations + " evaluations: ";
            figures.add(which + "threshold, standard errors", calibration.rule().threshold(), Target.NONE);
            figures.add(
                    which + "plateaus stopped, %",
                    100 * calibration.falsePositives().value(),
                    Target.between(4, 6),
                    calibration.falsePositives().interval().describe());
            figures.add(
                    which + "plateaus stopped at threshold 3, %",
                    100 * calibration.falsePositivesAt(FIXED).value(),
                    Target.NONE);
            figures.add(
                    which + "falls stopped, %",
                    100 * calibration.power().value(),
                    Target.atLeast(85),
                    calibration.power().interval().describe());
        }
    }
}
