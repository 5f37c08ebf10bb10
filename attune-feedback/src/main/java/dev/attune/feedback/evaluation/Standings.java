package dev.attune.feedback.evaluation;

import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.rating.Battle;
import dev.attune.core.stats.rating.Rating;
import dev.attune.core.stats.rating.RatingIntervals;
import dev.attune.core.stats.rating.Ratings;
import dev.attune.core.stats.rating.WinMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Bradley-Terry strengths of the models that a measure compares with each other.
 *
 * @param measure its name
 * @param ratings the best model first, models without a finite strength last
 * @param intervals of strengths at 95 %, by model, from resampled pairs; only of models with a finite strength
 * @param notes what keeps models from one common order, a line each
 */
public record Standings(String measure, Ratings ratings, Map<String, Interval> intervals, List<String> notes) {
    private static final long SEED = 1;

    public Standings {
        intervals = new LinkedHashMap<>(intervals);
        notes = List.copyOf(notes);
    }

    /** @param pairs of the measure: all pairs of models, each once */
    public static Standings of(String measure, List<Wins> pairs) {
        List<Battle> battles =
                pairs.stream().flatMap(pair -> battles(pair).stream()).toList();
        Ratings ratings = Ratings.of(WinMatrix.of(battles));
        List<String> notes = new ArrayList<>(ratings.notes());
        unmet(pairs, ratings).forEach(model -> notes.add(model + ": no finite rating: no pair of it has a verdict"));
        Map<String, Interval> intervals = new LinkedHashMap<>();
        for (List<String> league : ratings.leagues()) {
            intervals.putAll(intervals(league, battles, notes));
        }
        return new Standings(measure, ratings, intervals, notes);
    }

    /** The strength of one of the ratings with its interval as text; "none" if it is not finite. */
    public String describe(Rating rating) {
        Interval interval = intervals.get(rating.model());
        return interval == null ? "none" : rating.strength().describe() + " " + interval.describe();
    }

    private static List<Battle> battles(Wins pair) {
        List<Battle> battles = new ArrayList<>();
        for (Comparison comparison : pair.comparisons()) {
            Double share = comparison.share();
            if (share != null) {
                battles.add(new Battle(pair.model(), pair.against(), share));
            }
        }
        return battles;
    }

    /** Models without a scored pair. */
    private static TreeSet<String> unmet(List<Wins> pairs, Ratings ratings) {
        TreeSet<String> models = new TreeSet<>();
        pairs.forEach(pair -> models.addAll(List.of(pair.model(), pair.against())));
        ratings.ratings().forEach(rating -> models.remove(rating.model()));
        return models;
    }

    private static Map<String, Interval> intervals(List<String> league, List<Battle> battles, List<String> notes) {
        List<Battle> among = battles.stream()
                .filter(battle -> league.contains(battle.a()) && league.contains(battle.b()))
                .toList();
        RatingIntervals intervals = RatingIntervals.of(among, 0, Bootstrap.RESAMPLES, SEED);
        if (intervals.skipped() > 0) {
            notes.add(intervals.skipped() + " of " + Bootstrap.RESAMPLES
                    + " resamples have no finite strengths and are left out: the intervals are too narrow");
        }
        return intervals.byModel();
    }
}
