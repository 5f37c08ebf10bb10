package dev.attune.core.stats.rates;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Normal;
import dev.attune.core.stats.Wilson;

/** The true rate behind a judge's verdicts, from its sensitivity Se and specificity Sp (Rogan and Gladen 1978). */
public final class RoganGladen {
    private RoganGladen() {}

    /**
     * (p + Sp - 1) / (Se + Sp - 1), which may be outside [0, 1]. Se + Sp at most 1 is refused: such a judge is no better
     * than chance.
     *
     * @param apparent p, the share of rows that the judge calls positive
     */
    public static double unclipped(double apparent, double sensitivity, double specificity) {
        requireBetterThanChance(sensitivity, specificity);
        return (apparent + specificity - 1) / (sensitivity + specificity - 1);
    }

    /**
     * The corrected rate with the interval of Lang and Reiczigel (2014), which also carries the uncertainty of Se and Sp.
     *
     * @param positive rows that the judge calls positive
     * @param count of judged rows, at least 1
     * @param level such as 0.95
     */
    public static CorrectedRate correct(long positive, long count, JudgeAccuracy judge, double level) {
        requireRows(positive, count);
        double apparent = (double) positive / count;
        double estimate = unclipped(apparent, judge.sensitivity(), judge.specificity());
        LangReiczigel modified = LangReiczigel.of(positive, count, judge, Normal.quantile(0.5 + level / 2));
        return new CorrectedRate(apparent, estimate, modified.interval(), count);
    }

    /** The same at the usual level. */
    public static CorrectedRate correct(long positive, long count, JudgeAccuracy judge) {
        return correct(positive, count, judge, Interval.LEVEL);
    }

    /**
     * The corrected rate for exactly known Se and Sp: the ends of Wilson's interval, corrected alike. It is too narrow if
     * Se and Sp were measured on a sample.
     */
    public static CorrectedRate correctKnown(
            long positive, long count, double sensitivity, double specificity, double level) {
        requireRows(positive, count);
        Interval apparent = Wilson.interval((double) positive, count, level);
        return new CorrectedRate(
                (double) positive / count,
                unclipped((double) positive / count, sensitivity, specificity),
                new Interval(
                        unclipped(apparent.low(), sensitivity, specificity),
                        unclipped(apparent.high(), sensitivity, specificity)),
                count);
    }

    static void requireBetterThanChance(double sensitivity, double specificity) {
        if (!(sensitivity + specificity > 1)) {
            throw BadInputException.at(
                    "the correction of a rate",
                    "sensitivity " + sensitivity + " and specificity " + specificity,
                    "a sum above 1",
                    "use another judge: this one is no better than chance");
        }
    }

    private static void requireRows(long positive, long count) {
        if (count == 0) {
            throw BadInputException.at("the correction of a rate", "no rows", "at least one", "leave the rate out");
        }
        if (count < 0 || positive < 0 || positive > count) {
            throw new IllegalArgumentException(positive + " positive of " + count);
        }
    }
}
