package dev.attune.core.hacking;

import dev.attune.core.stats.Summary;
import java.util.Arrays;
import java.util.Optional;

/**
 * A metric that the optimised score is compared with, and the result of the comparison.
 *
 * @param fit empty if the points do not determine a curve
 */
public record HeldOutMetric(
        ProxyAgainstGold score,
        Optional<Overoptimisation> fit,
        StopCalibration calibration,
        StopRule.Decision decision) {
    /** A fall along the curve is a warning if it exceeds this many standard deviations of the points from the curve. */
    private static final double SIGNIFICANT = 2;

    private static final int RECENT = 5;

    static HeldOutMetric of(ProxyAgainstGold score, StopCalibration calibration) {
        return new HeldOutMetric(
                score,
                Overoptimisation.fit(Overoptimisation.Law.REINFORCEMENT_LEARNING, score.distances(), score.scores()),
                calibration,
                calibration.rule().judge(score.optimised(), score.scores()));
    }

    /** The step at which the stop rule first fires, if it does. */
    public Optional<Long> stop() {
        return decision.first().isPresent()
                ? Optional.of(score.points().get(decision.first().getAsInt()).step())
                : Optional.empty();
    }

    /** The policy's current distance: the mean of the last evaluations. */
    public double distance() {
        double[] distances = score.distances();
        return Summary.mean(Arrays.copyOfRange(distances, Math.max(0, distances.length - RECENT), distances.length));
    }

    /** Whether the score is not optimised. */
    public boolean independent() {
        return score.kind() == ProxyAgainstGold.Kind.UNUSED;
    }

    /** Whether there are enough evaluations for the stop rule. */
    public boolean judged() {
        return decision.drops().length >= StopCalibration.MIN_EVALUATIONS;
    }

    private boolean pastPeak() {
        return fit.filter(curve -> curve.fall(distance()) > SIGNIFICANT * curve.deviation())
                .isPresent();
    }

    /**
     * The most severe verdict that the metric can give. Only an independent one can stop a run: the parts of an
     * optimised sum are traded off against each other, and optimised functions do not show their own errors.
     */
    private Verdict mostSevere() {
        return independent() ? Verdict.STOP : Verdict.WARNING;
    }

    HackingSign finding() {
        String name = score.name() + " (" + score.kind().words() + ")";
        if (decision.stops()) {
            return new HackingSign(
                    HackingSign.Topic.SCORE,
                    name,
                    mostSevere(),
                    "from step " + stop().orElseThrow()
                            + " on its running mean is significantly below its best while the optimised score rises");
        }
        if (!judged()) {
            return new HackingSign(
                    HackingSign.Topic.SCORE,
                    name,
                    Verdict.UNKNOWN,
                    decision.drops().length + " evaluations are too few for the stop rule, which needs "
                            + StopCalibration.MIN_EVALUATIONS);
        }
        if (pastPeak()) {
            return new HackingSign(
                    HackingSign.Topic.SCORE,
                    name,
                    Verdict.WARNING,
                    "the policy is clearly past the peak of the fitted curve");
        }
        if (decision.drop() > calibration.rule().threshold() / 2) {
            return new HackingSign(
                    HackingSign.Topic.SCORE,
                    name,
                    Verdict.WARNING,
                    "it is falling, not yet significantly, while the optimised score rises");
        }
        return new HackingSign(
                HackingSign.Topic.SCORE, name, Verdict.NO_SIGN, "it does not fall while the optimised score rises");
    }
}
