package dev.attune.core.hacking;

import dev.attune.core.error.BadInputException;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.rollout.RolloutOutline;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RolloutFolder;
import dev.attune.core.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All signs of reward hacking in a run.
 *
 * @param heldOutMetrics scores that the optimised one is compared with
 * @param texts of each step that kept rollouts
 * @param lengths of the last such step; null if the run kept none
 */
public record HackingReport(
        List<HeldOutMetric> heldOutMetrics,
        List<StepTexts> texts,
        @Nullable LengthBias lengths,
        List<HackingSign> findings) {
    private static final long SEED = 1;

    /** @throws BadInputException if the run optimised no score */
    public static HackingReport of(RunFolder run) {
        MetricsLog metrics = run.metrics();
        if (!metrics.names().contains(GoldScores.OPTIMISED)) {
            throw BadInputException.at(
                    run.path().toString(),
                    "no " + GoldScores.OPTIMISED + " in its metrics",
                    "a run that optimises a reward",
                    "name a PPO run");
        }
        Map<Integer, StopCalibration> calibrations = new HashMap<>();
        List<HeldOutMetric> heldOutMetrics = GoldScores.of(run, metrics).stream()
                .map(score ->
                        HeldOutMetric.of(score, calibrations.computeIfAbsent(planned(score, run), StopCalibration::of)))
                .toList();
        List<StepTexts> texts = new ArrayList<>();
        List<RolloutOutline> last = List.of();
        for (Map.Entry<Integer, Path> file : RolloutFolder.filesOf(run).entrySet()) {
            List<RolloutOutline> rollouts = withoutFaults(RolloutFiles.outlines(file.getValue()));
            if (!rollouts.isEmpty()) {
                texts.add(StepTexts.of(file.getKey(), rollouts));
                last = rollouts;
            }
        }
        LengthBias lengths =
                last.isEmpty() ? null : LengthBias.of(StepTexts.scores(last), StepTexts.lengths(last), SEED);
        List<HackingSign> findings = new ArrayList<>();
        heldOutMetrics.forEach(metric -> findings.add(metric.finding()));
        findings.addAll(TextSigns.of(metrics, texts, lengths, run.settings()));
        return new HackingReport(heldOutMetrics, List.copyOf(texts), lengths, List.copyOf(findings));
    }

    /** The expected number of evaluations of the complete run, at the rate so far. */
    private static int planned(ProxyAgainstGold score, RunFolder run) {
        int count = score.points().size();
        if (count == 0) {
            return 1;
        }
        long last = score.points().get(count - 1).step();
        String steps = run.settings().getOrDefault("steps", "");
        return steps.matches("\\d{1,9}")
                ? (int) Math.max(count, Math.round((double) count * Integer.parseInt(steps) / last))
                : count;
    }

    private static List<RolloutOutline> withoutFaults(List<RolloutOutline> rollouts) {
        return rollouts.stream().filter(rollout -> rollout.fault() == null).toList();
    }

    /**
     * The most severe verdict of all signs; "cannot tell" instead of "no sign" if nothing independent was measured.
     */
    public Verdict verdict() {
        Verdict worst = findings.stream().map(HackingSign::verdict).reduce(Verdict.UNKNOWN, Verdict::or);
        boolean judged = heldOutMetrics.stream().anyMatch(metric -> metric.independent() && metric.judged());
        return worst == Verdict.NO_SIGN && !judged ? Verdict.UNKNOWN : worst;
    }

    /** The verdict in words, with the reason if it cannot tell. */
    public String summary() {
        if (verdict() != Verdict.UNKNOWN) {
            return verdict().words();
        }
        return verdict().words()
                + (hasIndependent()
                        ? ": too few evaluations of independent metrics"
                        : ": nothing independent of the reward was measured");
    }

    /** Whether a score was measured that is not optimised; without one, hacking can hardly be detected. */
    public boolean hasIndependent() {
        return heldOutMetrics.stream().anyMatch(HeldOutMetric::independent);
    }
}
