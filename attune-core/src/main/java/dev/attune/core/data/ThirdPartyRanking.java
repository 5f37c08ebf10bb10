package dev.attune.core.data;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.Hashing;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rankings as other tools keep them: completions with names, of which an answer lists some.
 *
 * @param names of the completions, in their order
 */
record ForeignRanking(Prompt prompt, List<String> names, List<Ranking.Completion> completions) {
    private static final int HASH = 24;

    /** Who answered which question, and when. */
    record Answer(
            String id,
            String question,
            String labeler,
            @Nullable String time) {}

    /** The ranking of groups of names, best first; whatever no group names is not ranked. */
    Ranking ranking(Answer answer, List<List<String>> groups) {
        List<List<Integer>> order = groups.stream()
                .map(group -> group.stream().map(this::index).toList())
                .toList();
        return RankingParser.checked(new Ranking(
                answer.id(),
                prompt,
                completions,
                answer.question(),
                order,
                RankingParser.leftOut(order, completions.size()),
                answer.labeler(),
                null,
                answer.time()));
    }

    private int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new RowProblem(
                    Fault.Kind.BAD_RANKING, "", "the item '" + name + "'", "one of " + String.join(", ", names));
        }
        return index;
    }

    /**
     * The prompt: the text of a usual name, or else the only one beside the completions.
     *
     * @param texts the keys that may hold it
     */
    static Prompt prompt(ObjectNode object, List<String> texts, Set<String> completions) {
        String usual = Fields.present(object, Fields.PROMPT);
        if (usual != null && !completions.contains(usual)) {
            return Turns.prompt(object, usual);
        }
        List<String> left =
                texts.stream().filter(name -> !completions.contains(name)).toList();
        if (left.size() != 1) {
            throw new RowProblem(
                    Fault.Kind.MISSING_KEY,
                    "prompt",
                    left.isEmpty() ? "no text beside the completions" : "the texts " + String.join(", ", left),
                    "a text named prompt, or one text beside the completions");
        }
        return Turns.prompt(object, left.get(0));
    }

    /** Names into groups: the lowest rank is the best, equal ranks are a tie. */
    static List<List<String>> byRank(Map<String, Integer> ranks) {
        Map<Integer, List<String>> groups = new TreeMap<>();
        ranks.forEach((name, rank) ->
                groups.computeIfAbsent(rank, key -> new ArrayList<>()).add(name));
        return List.copyOf(groups.values());
    }

    /**
     * A name for an answer that stays the same in another export of it, and changes with what was answered.
     *
     * @param record the tool's own name of what was ranked; null where it has none
     */
    static String id(String tool, long line, int number, @Nullable String record, String question, JsonNode answer) {
        return record == null
                ? Row.RankingRow.UNNAMED + line + "-" + number
                : tool + "-"
                        + Hashing.sha256(record + "\n" + question + "\n" + answer)
                                .substring(0, HASH);
    }
}
