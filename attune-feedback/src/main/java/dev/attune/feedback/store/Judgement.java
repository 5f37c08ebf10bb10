package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a labeler said of a task's completions under one criterion.
 *
 * @param order best first, as indices in the task's own order; a group of several is a tie
 * @param unranked what was left out
 * @param allBad whether none is acceptable, the best one included
 */
public record Judgement(String criterion, List<List<Integer>> order, List<Integer> unranked, boolean allBad) {
    public Judgement {
        order = order.stream().map(List::copyOf).toList();
        unranked = List.copyOf(unranked);
    }

    /** @throws BadInputException where an index is missing, doubled or not there, or nothing is ranked */
    void require(int completions) {
        List<Integer> all = new ArrayList<>(unranked);
        order.forEach(all::addAll);
        List<Integer> expected = IntStream.range(0, completions).boxed().toList();
        boolean whole = all.stream().sorted().toList().equals(expected);
        if (!whole || order.isEmpty() || order.stream().anyMatch(List::isEmpty)) {
            throw BadInputException.at(
                    "ranking under " + criterion,
                    "order " + order + " and unranked " + unranked,
                    "each of the " + completions + " completions once, at least one of them ranked",
                    "rank again");
        }
    }
}
