package dev.attune.core.feedback;

import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes preferences from rankings. Rankings of one prompt are grouped by the options: by labeler, by criterion, or all;
 * each such group votes on its pairs ({@link MajorityPreferences}).
 */
public final class RankingPairs {
    private RankingPairs() {}

    /** What is voted on together. */
    private record Group(Prompt prompt, String labeler, String criterion) {}

    /** The preferences, grouped as their rankings first appear; the same rankings and options give the same list. */
    public static List<Preference> derive(List<Ranking> rankings, PairOptions options) {
        Map<Group, List<Ranking>> groups = new LinkedHashMap<>();
        for (Ranking ranking : rankings) {
            if (options.criterion() != null && !options.criterion().equals(ranking.criterion())) {
                continue;
            }
            ranking.requireValid();
            if (options.precedence() != null) {
                options.precedence().rank(ranking.criterion(), "ranking " + ranking.id());
            }
            groups.computeIfAbsent(group(ranking, options), key -> new ArrayList<>())
                    .add(ranking);
        }
        List<Preference> pairs = new ArrayList<>();
        groups.values().forEach(group -> pairs.addAll(MajorityPreferences.preferences(group, options)));
        return options.weights() == PairWeights.PER_PROMPT ? weighedByPrompt(pairs) : pairs;
    }

    private static Group group(Ranking ranking, PairOptions options) {
        return new Group(
                ranking.prompt(),
                options.votes() == Votes.SEPARATE ? ranking.labeler() : "",
                options.precedence() == null ? ranking.criterion() : "");
    }

    /** Each prompt's pairs weigh 1 together. */
    private static List<Preference> weighedByPrompt(List<Preference> pairs) {
        Map<Prompt, Integer> counts = new HashMap<>();
        pairs.forEach(pair -> counts.merge(pair.prompt(), 1, Integer::sum));
        return pairs.stream()
                .map(pair -> pair.withWeight(1.0 / counts.getOrDefault(pair.prompt(), 1)))
                .toList();
    }
}
