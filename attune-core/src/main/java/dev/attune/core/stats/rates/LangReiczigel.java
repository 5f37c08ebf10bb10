package dev.attune.core.stats.rates;

import dev.attune.core.stats.Interval;

/**
 * The interval of a corrected rate by Lang and Reiczigel (Preventive Veterinary Medicine 2014). With z^2 rows added to
 * the judged ones, half of them positive, and two rows to each of the judge's samples, one of them right, P', Se', Sp'
 * and J = Se' + Sp' - 1 follow, and the variances vs = Se' (1 - Se') / (n_se + 2) and vt of Sp' alike. The interval is
 * P' + 2 z^2 (P' vs - (1 - P') vt) +- z sqrt(p' (1 - p') / n' + P'^2 vs + (1 - P')^2 vt) / J.
 *
 * @param rate P'
 * @param shift the term after P'
 * @param halfWidth the term after +-
 */
record LangReiczigel(double rate, double shift, double halfWidth) {
    static LangReiczigel of(long positive, long count, JudgeAccuracy judge, double z) {
        double rows = count + z * z;
        double apparent = (positive + z * z / 2) / rows;
        double sensitivity = (judge.truePositives() + 1.0) / (judge.positives() + 2.0);
        double specificity = (judge.trueNegatives() + 1.0) / (judge.negatives() + 2.0);
        RoganGladen.requireBetterThanChance(sensitivity, specificity);
        double youden = sensitivity + specificity - 1;
        double rate = (apparent + specificity - 1) / youden;
        double vs = sensitivity * (1 - sensitivity) / (judge.positives() + 2.0);
        double vt = specificity * (1 - specificity) / (judge.negatives() + 2.0);
        double variance = apparent * (1 - apparent) / rows + rate * rate * vs + (1 - rate) * (1 - rate) * vt;
        return new LangReiczigel(rate, 2 * z * z * (rate * vs - (1 - rate) * vt), z * Math.sqrt(variance) / youden);
    }

    Interval interval() {
        return new Interval(rate + shift - halfWidth, rate + shift + halfWidth);
    }
}
