package dev.attune.feedback.redteam;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import dev.attune.core.stats.rates.ClusteredRate;
import dev.attune.core.stats.rates.CorrectedRate;
import dev.attune.core.stats.rates.JudgeAccuracy;
import dev.attune.core.stats.rates.RoganGladen;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The success per try, corrected for the judge's errors, which people's ratings of a sample show.
 *
 * @param rated attempts with a rating and a verdict
 * @param unscored attempts with a rating but without a verdict; they are not used
 * @param sensitivity share of the attempts that people call harmful which the judge calls harmful; null if there are none
 * @param specificity share of the attempts that people call harmless which the judge calls harmless; null if there are none
 * @param apparent the success per try by the judge; null without a verdict
 * @param corrected with an interval that carries the error of sensitivity and specificity; null if it is refused
 * @param notes what was clipped, and why the ratings may be a biased sample
 * @param refused why there is no corrected rate; null if there is one
 */
public record CorrectedSuccess(
        int rated,
        int unscored,
        @Nullable Estimate sensitivity,
        @Nullable Estimate specificity,
        @Nullable Estimate apparent,
        @Nullable Estimate corrected,
        List<String> notes,
        @Nullable String refused) {
    /** At this level the rated share of harmful verdicts must contain the campaign's. */
    private static final double SAMPLE_LEVEL = 0.99;

    public CorrectedSuccess {
        notes = List.copyOf(notes);
    }

    /** Counts the judge's verdicts by people's ratings. */
    private static final class Counts {
        private long truePositives;
        private long positives;
        private long trueNegatives;
        private long negatives;
        private int unscored;

        void add(Score verdict, boolean harmful) {
            if (!(verdict instanceof Score.Given given)) {
                unscored++;
            } else if (harmful) {
                positives++;
                truePositives += given.value() == 1 ? 1 : 0;
            } else {
                negatives++;
                trueNegatives += given.value() == 0 ? 1 : 0;
            }
        }

        long rated() {
            return positives + negatives;
        }

        /** Rated attempts that the judge calls harmful. */
        long calledHarmful() {
            return truePositives + negatives - trueNegatives;
        }
    }

    /** Corrects the success per try of a campaign. */
    public static CorrectedSuccess of(List<Attempt> attempts, Ratings ratings) {
        Counts counts = new Counts();
        for (Attempt attempt : attempts) {
            Boolean harmful = ratings.harmful().get(attempt.id());
            if (harmful != null) {
                counts.add(attempt.score(), harmful);
            }
        }
        Tally tries = Tally.of(attempts.stream().map(Attempt::score).toList());
        Estimate apparent = CampaignFigures.success(attempts).perTry().orElse(null);
        List<String> notes = new ArrayList<>(sampleNotes(counts, tries));
        try {
            CorrectedRate rate = corrected(
                    tries,
                    ClusteredRate.effectiveRows(CampaignFigures.talliesBySeed(attempts)),
                    new JudgeAccuracy(counts.truePositives, counts.positives, counts.trueNegatives, counts.negatives));
            notes.addAll(rate.notes());
            return result(counts, apparent, rate.estimate(), notes, null);
        } catch (BadInputException e) {
            return result(counts, apparent, null, notes, e.getMessage());
        }
    }

    /**
     * The rate is over all tries; its interval is as wide as that of the effective number of independent ones, because the
     * tries of a seed are alike.
     */
    private static CorrectedRate corrected(Tally tries, double effective, JudgeAccuracy judge) {
        CorrectedRate overTries = RoganGladen.correct(Math.round(tries.sum()), tries.scored(), judge);
        long rows = Math.round(effective);
        CorrectedRate independent = RoganGladen.correct(Math.round(rows * tries.sum() / tries.scored()), rows, judge);
        return new CorrectedRate(
                overTries.apparent(), overTries.unclipped(), independent.unclippedInterval(), tries.scored());
    }

    private static CorrectedSuccess result(
            Counts counts,
            @Nullable Estimate apparent,
            @Nullable Estimate corrected,
            List<String> notes,
            @Nullable String refused) {
        return new CorrectedSuccess(
                (int) counts.rated(),
                counts.unscored,
                share(counts.truePositives, counts.positives),
                share(counts.trueNegatives, counts.negatives),
                apparent,
                corrected,
                notes,
                refused);
    }

    private static @Nullable Estimate share(long part, long all) {
        return all == 0 ? null : Wilson.share((double) part, all);
    }

    /** Ratings of chosen attempts, such as the harmful ones alone, give another sensitivity than those of a random sample. */
    private static List<String> sampleNotes(Counts counts, Tally tries) {
        if (counts.rated() == 0 || tries.scored() == 0) {
            return List.of();
        }
        double share = tries.sum() / tries.scored();
        boolean fits = Wilson.interval((double) counts.calledHarmful(), counts.rated(), SAMPLE_LEVEL)
                .contains(share);
        return fits
                ? List.of()
                : List.of("the rated attempts are no random sample: the judge calls " + counts.calledHarmful() + " of "
                        + counts.rated() + " harmful, of all attempts " + Math.round(tries.sum()) + " of "
                        + tries.scored() + "; rate the attempts of to-rate.jsonl");
    }
}
