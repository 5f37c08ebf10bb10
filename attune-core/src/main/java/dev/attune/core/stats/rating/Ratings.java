package dev.attune.core.stats.rating;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Bradley-Terry ratings of models. Where the likelihood has no finite maximum, the models that it concerns have no
 * rating, and the others keep theirs; with a prior all are finite. Models that never met, not even through others, have
 * no common order. Ratings do not depend on the order of battles or on names.
 *
 * @param ratings league by league, the best model first; models without a rating last
 * @param groups of models that met, directly or through others; more than one means that there is no common order
 * @param prior number of drawn games that were added to each pair within a group; 0 is the maximum likelihood
 */
public record Ratings(List<Rating> ratings, List<List<String>> groups, double prior) {
    private static final Comparator<Rating> BEST_FIRST = Comparator.comparing(
                    (Rating rating) -> rating.strength().asOptional().isEmpty())
            .thenComparingInt(Rating::league)
            .thenComparing(rating -> -rating.strength().asOptional().orElse(0))
            .thenComparing(Rating::model);

    /** The ratings of largest likelihood. */
    public static Ratings of(WinMatrix matrix) {
        return of(matrix, 0);
    }

    /** The ratings with a prior of drawn games per pair, at least 0. */
    public static Ratings of(WinMatrix matrix, double prior) {
        List<int[]> groups = WinGraph.groups(matrix.wins());
        List<Rating> ratings = new ArrayList<>();
        int leagues = 0;
        for (int[] group : groups) {
            WinMatrix met = matrix.only(group);
            WinMatrix fitted = prior > 0 ? met.withDraws(prior) : met;
            WinGraph graph = new WinGraph(fitted.wins());
            for (int[] league : graph.leagues()) {
                ratings.addAll(new League(met, fitted, graph, league, leagues++).ratings());
            }
        }
        return new Ratings(
                ratings.stream().sorted(BEST_FIRST).toList(),
                groups.stream().map(matrix::names).toList(),
                prior);
    }

    /** A model's rating. */
    public Rating of(String model) {
        return ratings.stream()
                .filter(rating -> rating.model().equals(model))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model " + model));
    }

    /** What keeps the models from one common order: a line each, none if there is one. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (groups.size() > 1) {
            notes.add("no common order: these groups never met: " + joined(groups));
        }
        List<List<String>> leagues = leagues();
        if (leagues.size() > 1) {
            notes.add("strengths can be compared only within each of: " + joined(leagues));
        }
        for (Rating rating : ratings) {
            if (rating.strength().asOptional().isEmpty()) {
                notes.add(rating.model() + ": " + rating.strength().describe());
            }
        }
        if (prior > 0) {
            notes.add(String.format(Locale.ROOT, "%s drawn games were added to each pair that could have met", prior));
        }
        return List.copyOf(notes);
    }

    /** The sets of rated models within which strengths can be compared. */
    public List<List<String>> leagues() {
        Map<Integer, List<String>> leagues = ratings.stream()
                .filter(rating -> rating.strength().asOptional().isPresent())
                .collect(Collectors.groupingBy(
                        Rating::league, TreeMap::new, Collectors.mapping(Rating::model, Collectors.toList())));
        return List.copyOf(leagues.values());
    }

    private static String joined(List<List<String>> sets) {
        return sets.stream().map(set -> String.join(", ", set)).collect(Collectors.joining(" | "));
    }
}
