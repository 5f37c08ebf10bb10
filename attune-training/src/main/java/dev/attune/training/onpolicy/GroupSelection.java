package dev.attune.training.onpolicy;

import dev.attune.training.advantage.DynamicSampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * DAPO's dynamic sampling over episodes: groups whose completions all have the same score are replaced by groups of further
 * prompts, up to a number of rounds.
 *
 * @param rounds of sampling for one step, the first included
 */
record GroupSelection(int rounds) {
    /**
     * What is trained on.
     *
     * @param episodes of the groups with a signal, at most as many as were sampled first; all of those if no group has one
     * @param warning what was not reached, or empty
     */
    record Selected(List<Episode> episodes, Map<String, Double> metrics, String warning) {}

    /**
     * Replaces groups without a signal.
     *
     * @param first episodes with their scores
     * @param further scored episodes of a round of further prompts, from 1
     */
    Selected select(List<Episode> first, IntFunction<List<Episode>> further) {
        List<List<Episode>> groups = groups(first);
        DynamicSampling<List<Episode>> sampling = new DynamicSampling<>(groups.size(), rounds);
        sampling.offer(candidates(groups));
        for (int round = 1; sampling.wantsMore(); round++) {
            sampling.offer(candidates(groups(further.apply(round))));
        }
        List<Episode> kept = new ArrayList<>();
        for (int group = 0; group < sampling.kept().size(); group++) {
            for (Episode episode : sampling.kept().get(group)) {
                episode.group = group;
                kept.add(episode);
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("dynamic_sampling/rounds", (double) sampling.rounds());
        metrics.put("dynamic_sampling/groups_dropped", (double) sampling.dropped());
        return new Selected(
                kept.isEmpty() ? first : kept,
                metrics,
                sampling.lacking() == 0 ? "" : "dynamic sampling: " + sampling.summary());
    }

    private static List<List<Episode>> groups(List<Episode> episodes) {
        Map<Long, List<Episode>> groups = new LinkedHashMap<>();
        episodes.forEach(episode ->
                groups.computeIfAbsent(episode.group, key -> new ArrayList<>()).add(episode));
        return List.copyOf(groups.values());
    }

    /** The decision is by the scores of the task, before rules and penalties for length change them. */
    private static List<DynamicSampling.Candidate<List<Episode>>> candidates(List<List<Episode>> groups) {
        List<DynamicSampling.Candidate<List<Episode>>> candidates = new ArrayList<>();
        for (List<Episode> group : groups) {
            double[] scores =
                    group.stream().mapToDouble(episode -> episode.score.total()).toArray();
            candidates.add(new DynamicSampling.Candidate<>(group, scores));
        }
        return candidates;
    }
}
