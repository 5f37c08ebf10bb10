package dev.attune.core.reward.steps;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the ends of a solution's steps in token ids. Steps end with a mark of one or more tokens, whose label stands at
 * the mark's last token. It is searched in ids and not in text, where a mark that merges with its neighbours would be found
 * beside its token.
 *
 * @param mark the ids of the mark, as the tokenizer gives them within a solution
 */
public record StepMarks(List<Integer> mark) {
    public StepMarks {
        mark = List.copyOf(mark);
        if (mark.isEmpty()) {
            throw BadInputException.at("step mark", "no tokens", "at least one", "choose another mark");
        }
    }

    /** The positions of the last token of each mark, ascending; marks do not overlap. */
    public int[] ends(int[] ids) {
        List<Integer> ends = new ArrayList<>();
        for (int at = 0; at + mark.size() <= ids.length; at++) {
            if (isMarkAt(ids, at)) {
                at += mark.size() - 1;
                ends.add(at);
            }
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean isMarkAt(int[] ids, int at) {
        for (int i = 0; i < mark.size(); i++) {
            if (ids[at + i] != mark.get(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The ends of the steps of a row with labels.
     *
     * @param place of the row, for the message
     * @throws BadInputException if the number of marks is not that of the labels: a mark that the tokenizer merges with
     *     its neighbours, or a label too many
     */
    public int[] ends(String place, int[] ids, int labels) {
        int[] ends = ends(ids);
        if (ends.length != labels) {
            throw BadInputException.at(
                    place,
                    ends.length + " step marks and " + labels + " labels",
                    "as many marks as labels",
                    "check the row, or choose a mark that the tokenizer does not merge with its neighbours");
        }
        return ends;
    }

    /** The ids of a solution: each step's ids, followed by the mark. */
    public int[] join(List<int[]> steps) {
        List<Integer> ids = new ArrayList<>();
        for (int[] step : steps) {
            for (int id : step) {
                ids.add(id);
            }
            ids.addAll(mark);
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
