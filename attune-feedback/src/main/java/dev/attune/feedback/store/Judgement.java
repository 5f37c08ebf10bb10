package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import java.util.List;

/**
 * A labeler's ranking of a task's completions under one criterion.
 *
 * @param order best first, as indices in the task's own order; a group of several is a tie
 * @param unranked indices that were left out
 * @param allBad whether none is acceptable, the best one included
 */
public record Judgement(String criterion, List<List<Integer>> order, List<Integer> unranked, boolean allBad) {
    public Judgement {
        order = order.stream().map(List::copyOf).toList();
        unranked = List.copyOf(unranked);
    }

    /** The judgement restricted to the first completions; the order is empty if none of them is ranked. */
    Judgement among(int completions) {
        return new Judgement(
                criterion,
                order.stream()
                        .map(group -> group.stream()
                                .filter(index -> index < completions)
                                .toList())
                        .filter(group -> !group.isEmpty())
                        .toList(),
                unranked.stream().filter(index -> index < completions).toList(),
                allBad);
    }

    /** @throws BadInputException if an index is missing, repeated or out of range, or nothing is ranked */
    public void require(int completions) {
        if (Ranking.problem(completions, order, unranked).isPresent()) {
            throw BadInputException.at(
                    "ranking under " + criterion,
                    "order " + order + " and unranked " + unranked,
                    "each of the " + completions + " completions once, at least one of them ranked",
                    "rank again");
        }
    }
}
