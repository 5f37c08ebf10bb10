package dev.attune.core.stats.quality;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.stats.Ranks;
import java.util.Arrays;
import java.util.List;

/**
 * A ranking as numbers: the place of each completion, from 0, and the position at which it was shown, 0 if that is not
 * known.
 */
final class RankMatrix {
    private static final int NONE = -1;

    private final GivenRanking given;
    private final int[] places;
    private final int[] positions;

    RankMatrix(GivenRanking given) {
        this.given = given;
        int count = given.ranking().completions().size();
        this.places = places(count, given.ranking().order());
        this.positions = new int[count];
        for (int position = 0; position < given.shown().size(); position++) {
            positions[given.shown().get(position)] = position;
        }
    }

    private static int[] places(int count, List<List<Integer>> order) {
        int[] places = new int[count];
        Arrays.fill(places, NONE);
        for (int place = 0; place < order.size(); place++) {
            for (int index : order.get(place)) {
                places[index] = place;
            }
        }
        return places;
    }

    GivenRanking given() {
        return given;
    }

    String labeler() {
        return given.ranking().labeler();
    }

    int size() {
        return places.length;
    }

    boolean ranks(int index) {
        return places[index] != NONE;
    }

    boolean ranksBoth(int first, int second) {
        return ranks(first) && ranks(second);
    }

    boolean ranksAll() {
        return given.ranking().unranked().isEmpty();
    }

    /** 1 if the first is better, -1 if the second is, 0 for a tie; both are ranked. */
    int sign(int first, int second) {
        return Integer.signum(places[second] - places[first]);
    }

    /** 1 if the first was shown earlier, -1 if the second was, 0 if that is not known. */
    int earlier(int first, int second) {
        return Integer.signum(positions[second] - positions[first]);
    }

    int length(int index) {
        List<Ranking.Completion> completions = given.ranking().completions();
        return completions.get(index).text().length();
    }

    double[] placesOfAll() {
        return Arrays.stream(places).asDoubleStream().toArray();
    }

    /**
     * Each completion's rank among those that are ranked, from 0 for the best to 1 for the last, ties sharing the mean
     * of their ranks. NaN for one that is not ranked, and for all if fewer than two are.
     */
    double[] normalisedRanks() {
        double[] ranked = Arrays.stream(places)
                .filter(place -> place != NONE)
                .asDoubleStream()
                .toArray();
        double[] ranks = Ranks.of(ranked);
        double[] normalised = new double[places.length];
        int next = 0;
        for (int index = 0; index < places.length; index++) {
            normalised[index] =
                    ranks(index) && ranked.length > 1 ? (ranks[next] - 1) / (ranked.length - 1) : Double.NaN;
            next += ranks(index) ? 1 : 0;
        }
        return normalised;
    }
}
