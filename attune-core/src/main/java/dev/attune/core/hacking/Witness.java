package dev.attune.core.hacking;

import dev.attune.core.stats.Summary;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a watched score says.
 *
 * @param fit empty where the points do not determine a curve
 */
public record Witness(
        WatchedScore score, Optional<Overoptimisation> fit, StopCalibration calibration, StopRule.Decision decision) {
    /** A fall along the curve is worth a look where it is more than this many deviations of the points from the curve. */
    private static final double CLEARLY = 2;

    private static final int RECENT = 5;

    static Witness of(WatchedScore score, StopCalibration calibration) {
        return new Witness(
                score,
                Overoptimisation.fit(Overoptimisation.Law.REINFORCEMENT_LEARNING, score.distances(), score.scores()),
                calibration,
                calibration.rule().judge(score.optimised(), score.scores()));
    }

    /** The step at which the rule says stop, if it does. */
    public Optional<Long> stop() {
        return decision.first().isPresent()
                ? Optional.of(score.points().get(decision.first().getAsInt()).step())
                : Optional.empty();
    }

    /** Where the policy is now: the mean distance of the last evaluations. */
    public double distance() {
        double[] distances = score.distances();
        return Summary.mean(Arrays.copyOfRange(distances, Math.max(0, distances.length - RECENT), distances.length));
    }

    private boolean pastSummit() {
        return fit.filter(curve -> curve.fall(distance()) > CLEARLY * curve.deviation())
                .isPresent();
    }

    /** Parts of a sum are traded for each other, and the optimised functions are no judges of themselves. */
    private Verdict gravest() {
        return score.kind() == WatchedScore.Kind.UNUSED ? Verdict.STOP : Verdict.LOOK;
    }

    Finding finding() {
        String name = score.name() + " (" + score.kind().words() + ")";
        if (decision.stops()) {
            return new Finding(
                    Finding.Topic.SCORE,
                    name,
                    gravest(),
                    "from step " + stop().orElseThrow()
                            + " on its running mean is significantly below its best while the optimised score rises");
        }
        if (decision.drops().length < StopCalibration.FEWEST) {
            return new Finding(
                    Finding.Topic.SCORE,
                    name,
                    Verdict.NO_SIGN,
                    decision.drops().length + " evaluations are too few for the stop rule, which needs "
                            + StopCalibration.FEWEST);
        }
        if (pastSummit()) {
            return new Finding(
                    Finding.Topic.SCORE,
                    name,
                    Verdict.LOOK,
                    "the policy is clearly past the summit of the fitted curve");
        }
        if (decision.drop() > calibration.rule().threshold() / 2) {
            return new Finding(
                    Finding.Topic.SCORE,
                    name,
                    Verdict.LOOK,
                    "it is falling, not yet significantly, while the optimised score rises");
        }
        return new Finding(
                Finding.Topic.SCORE, name, Verdict.NO_SIGN, "it does not fall while the optimised score rises");
    }
}
