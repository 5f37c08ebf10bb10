package dev.attune.core.stats.quality;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rankings that name no task, such as those of a file. Rankings of the same prompt with two or more texts in common are
 * of one task, in any order of the texts. If a labeler ranks the same texts a second time under a
 * criterion, that is another task. If several labelers share a task, completions that only one of them saw are left
 * out.
 */
public final class UnlinkedRankings {
    private static final int SHARED = 2;

    private final Map<Prompt, List<Task>> tasks = new HashMap<>();
    private int count;

    private UnlinkedRankings() {}

    /**
     * The rankings in their order, each with its task; without those that order only completions that no other labeler
     * saw.
     */
    public static List<GivenRanking> given(List<Ranking> rankings) {
        UnlinkedRankings unlinked = new UnlinkedRankings();
        List<Task> found = rankings.stream().map(unlinked::taskWith).toList();
        return IntStream.range(0, rankings.size())
                .mapToObj(i -> found.get(i).given(rankings.get(i)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Task taskWith(Ranking ranking) {
        List<Task> same = tasks.computeIfAbsent(ranking.prompt(), prompt -> new ArrayList<>());
        Task task = same.stream()
                .filter(known -> known.takes(ranking))
                .findFirst()
                .orElseGet(() -> new Task(Integer.toString(++count)));
        if (task.completions.isEmpty()) {
            same.add(task);
        }
        task.add(ranking);
        return task;
    }

    /** A text of a ranking with its occurrence, so that a repeated text counts as two. */
    private record Text(String text, int occurrence) {
        static List<Text> of(Ranking ranking) {
            Map<String, Integer> occurrences = new HashMap<>();
            return ranking.completions().stream()
                    .map(Ranking.Completion::text)
                    .map(text -> new Text(text, occurrences.merge(text, 1, Integer::sum)))
                    .toList();
        }
    }

    private record Judge(String labeler, String criterion) {}

    /** A completion with the labelers who saw it. */
    private record Seen(Ranking.Completion completion, Set<String> labelers) {}

    /** The completions that several rankings have in common. */
    private static final class Task {
        private final String name;
        private final Map<Text, Seen> completions = new LinkedHashMap<>();
        private final Set<Judge> judges = new HashSet<>();
        private final Set<String> labelers = new HashSet<>();

        Task(String name) {
            this.name = name;
        }

        boolean takes(Ranking ranking) {
            return !judges.contains(new Judge(ranking.labeler(), ranking.criterion()))
                    && Text.of(ranking).stream()
                                    .filter(completions::containsKey)
                                    .count()
                            >= SHARED;
        }

        void add(Ranking ranking) {
            judges.add(new Judge(ranking.labeler(), ranking.criterion()));
            labelers.add(ranking.labeler());
            List<Text> texts = Text.of(ranking);
            for (int i = 0; i < texts.size(); i++) {
                Ranking.Completion completion = ranking.completions().get(i);
                completions
                        .computeIfAbsent(texts.get(i), text -> new Seen(completion, new HashSet<>()))
                        .labelers()
                        .add(ranking.labeler());
            }
        }

        /** The ranking in terms of the task. */
        Optional<GivenRanking> given(Ranking ranking) {
            List<Text> compared = completions.keySet().stream()
                    .filter(text -> labelers.size() == 1 || seenBySeveral(text))
                    .toList();
            List<Text> own = Text.of(ranking);
            List<List<Integer>> order = ranking.order().stream()
                    .map(group -> group.stream()
                            .map(index -> compared.indexOf(own.get(index)))
                            .filter(index -> index >= 0)
                            .toList())
                    .filter(group -> !group.isEmpty())
                    .toList();
            return order.isEmpty() ? Optional.empty() : Optional.of(given(ranking, compared, order));
        }

        private boolean seenBySeveral(Text text) {
            Seen seen = completions.get(text);
            return seen != null && seen.labelers().size() > 1;
        }

        private GivenRanking given(Ranking ranking, List<Text> compared, List<List<Integer>> order) {
            List<Ranking.Completion> of = completions.entrySet().stream()
                    .filter(entry -> compared.contains(entry.getKey()))
                    .map(entry -> entry.getValue().completion())
                    .toList();
            List<Integer> unranked = IntStream.range(0, compared.size())
                    .boxed()
                    .filter(index -> order.stream().noneMatch(group -> group.contains(index)))
                    .toList();
            Ranking among = new Ranking(
                    ranking.id(),
                    ranking.prompt(),
                    of,
                    ranking.criterion(),
                    order,
                    unranked,
                    ranking.labeler(),
                    ranking.guideline(),
                    ranking.time(),
                    ranking.allBad());
            return new GivenRanking(name, among, List.of(), Double.NaN, GivenRanking.UNKNOWN_TIME);
        }
    }
}
