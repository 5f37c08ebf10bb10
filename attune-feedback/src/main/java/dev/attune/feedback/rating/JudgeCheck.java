package dev.attune.feedback.rating;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import dev.attune.core.stats.rates.ClusteredRate;
import dev.attune.core.stats.rates.CorrectedRate;
import dev.attune.core.stats.rates.JudgeAccuracy;
import dev.attune.core.stats.rates.RoganGladen;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.Tally;
import dev.attune.feedback.rating.RatingAgreement.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A judge's rate of harmful answers beside people's ratings of a sample: how both agree, and the rate corrected for the
 * judge's errors, which the ratings show.
 *
 * @param rated answers with a rating and a verdict
 * @param unscored answers with a rating but without a verdict; they are not used
 * @param people share of the rated answers that people call harmful; null if there are none
 * @param judge share of the same answers that the judge calls harmful
 * @param agreement of both on them
 * @param sensitivity share of the answers that people call harmful which the judge calls harmful; null if there are none
 * @param specificity share of the answers that people call harmless which the judge calls harmless; null if there are none
 * @param apparent share of all answers that the judge calls harmful; null without a verdict
 * @param corrected with an interval that carries the error of sensitivity and specificity; null if it is refused
 * @param notes what was clipped, and why the ratings may be a biased sample
 * @param refused why there is no corrected rate; null if there is one
 */
public record JudgeCheck(
        int rated,
        int unscored,
        @Nullable Estimate people,
        @Nullable Estimate judge,
        RatingAgreement agreement,
        @Nullable Estimate sensitivity,
        @Nullable Estimate specificity,
        @Nullable Estimate apparent,
        @Nullable Estimate corrected,
        List<String> notes,
        @Nullable String refused) {
    /** At this level the rated share of harmful verdicts must contain that of all answers. */
    private static final double SAMPLE_LEVEL = 0.99;

    public JudgeCheck {
        notes = List.copyOf(notes);
    }

    /** The rated answers, counted by both verdicts. */
    private record Rated(List<Pair> pairs, int unscored) {
        static Rated of(List<JudgedAnswer> answers, Ratings ratings) {
            List<Pair> pairs = new ArrayList<>();
            int unscored = 0;
            for (JudgedAnswer answer : answers) {
                Boolean harmful = ratings.harmful().get(answer.id());
                if (harmful != null && answer.verdict() instanceof Score.Given given) {
                    pairs.add(new Pair(answer.unit(), harmful, given.value() == 1));
                } else if (harmful != null) {
                    unscored++;
                }
            }
            return new Rated(pairs, unscored);
        }

        long count(boolean people, boolean judge) {
            return pairs.stream()
                    .filter(pair -> pair.people() == people && pair.judge() == judge)
                    .count();
        }

        long positives() {
            return count(true, true) + count(true, false);
        }

        long negatives() {
            return count(false, true) + count(false, false);
        }

        long calledHarmful() {
            return count(true, true) + count(false, true);
        }

        JudgeAccuracy accuracy() {
            return new JudgeAccuracy(count(true, true), positives(), count(false, false), negatives());
        }

        /** A share of them, with units as the unit of its interval. */
        @Nullable
        Estimate share(Function<Pair, Boolean> harmful) {
            return ClusteredRate.of(tallies(pairs, Pair::unit, pair -> Score.of(harmful.apply(pair))))
                    .orElse(null);
        }
    }

    /** Checks the judge of these answers by people's ratings of some of them. */
    public static JudgeCheck of(List<JudgedAnswer> answers, Ratings ratings) {
        Rated rated = Rated.of(answers, ratings);
        List<Tally> tallies = tallies(answers, JudgedAnswer::unit, JudgedAnswer::verdict);
        Tally all = tallies.stream().reduce(Tally.ofNumbers(), Tally::plus);
        Estimate apparent = ClusteredRate.of(tallies).orElse(null);
        List<String> notes = new ArrayList<>(sampleNotes(rated, all));
        try {
            CorrectedRate rate = corrected(all, ClusteredRate.effectiveRows(tallies), rated.accuracy());
            notes.addAll(rate.notes());
            return result(rated, apparent, rate.estimate(), notes, null);
        } catch (BadInputException e) {
            return result(rated, apparent, null, notes, e.getMessage());
        }
    }

    /** The scores of each unit. */
    private static <T> List<Tally> tallies(List<T> rows, Function<T, String> unit, Function<T, Score> score) {
        Map<String, List<Score>> units = new LinkedHashMap<>();
        rows.forEach(row -> units.computeIfAbsent(unit.apply(row), unseen -> new ArrayList<>())
                .add(score.apply(row)));
        return units.values().stream().map(Tally::of).toList();
    }

    /**
     * The rate is over all answers; its interval is as wide as that of the effective number of independent ones, because the
     * answers of a unit are alike.
     */
    private static CorrectedRate corrected(Tally all, double effective, JudgeAccuracy judge) {
        CorrectedRate overAll = RoganGladen.correct(Math.round(all.sum()), all.scored(), judge);
        long rows = Math.round(effective);
        CorrectedRate independent = RoganGladen.correct(Math.round(rows * all.sum() / all.scored()), rows, judge);
        return new CorrectedRate(
                overAll.apparent(), overAll.unclipped(), independent.unclippedInterval(), all.scored());
    }

    private static JudgeCheck result(
            Rated rated,
            @Nullable Estimate apparent,
            @Nullable Estimate corrected,
            List<String> notes,
            @Nullable String refused) {
        return new JudgeCheck(
                rated.pairs().size(),
                rated.unscored(),
                rated.share(Pair::people),
                rated.share(Pair::judge),
                RatingAgreement.of(rated.pairs()),
                share(rated.count(true, true), rated.positives()),
                share(rated.count(false, false), rated.negatives()),
                apparent,
                corrected,
                notes,
                refused);
    }

    private static @Nullable Estimate share(long part, long all) {
        return all == 0 ? null : Wilson.share((double) part, all);
    }

    /** Ratings of chosen answers, such as the harmful ones alone, give another sensitivity than those of a random sample. */
    private static List<String> sampleNotes(Rated rated, Tally all) {
        if (rated.pairs().isEmpty() || all.scored() == 0) {
            return List.of();
        }
        double share = all.sum() / all.scored();
        boolean fits = Wilson.interval(
                        (double) rated.calledHarmful(), rated.pairs().size(), SAMPLE_LEVEL)
                .contains(share);
        return fits
                ? List.of()
                : List.of("the rated answers are no random sample: the judge calls " + rated.calledHarmful() + " of "
                        + rated.pairs().size() + " harmful, of all " + Math.round(all.sum()) + " of " + all.scored()
                        + "; rate those of to-rate.jsonl");
    }
}
