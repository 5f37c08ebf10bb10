package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
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

/**
 * Named completions, as other tools store them; an answer ranks some of them by name.
 *
 * @param names of the completions, in their order
 */
record ThirdPartyRanking(Prompt prompt, List<String> names, List<Ranking.Completion> completions) {
    private static final int HASH = 24;

    /** Who answered which question, and when. */
    record Answer(
            String id,
            String question,
            String labeler,
            @Nullable String time) {}

    /** The ranking of groups of names, best first; a completion that no group names is not ranked. */
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
     * The prompt: the text of a usual name with the context columns of the object, or else the only text apart from the
     * completions.
     *
     * @param texts the keys that may hold it
     */
    static Prompt prompt(RowKeys object, List<String> texts, Set<String> completions) {
        List<String> usual = Fields.PROMPT.stream()
                .filter(name -> !completions.contains(name))
                .toList();
        String key = object.first(usual);
        if (key != null) {
            return PromptColumns.read(object, key);
        }
        List<String> left =
                texts.stream().filter(name -> !completions.contains(name)).toList();
        if (left.size() != 1) {
            throw new RowProblem(
                    Fault.Kind.MISSING_KEY,
                    "prompt",
                    left.isEmpty() ? "no text apart from the completions" : "the texts " + String.join(", ", left),
                    "a text named prompt, or one text apart from the completions");
        }
        return PromptColumns.read(object, left.get(0));
    }

    /** Names into groups: the lowest rank is the best, equal ranks are a tie. */
    static List<List<String>> byRank(Map<String, Integer> ranks) {
        Map<Integer, List<String>> groups = new TreeMap<>();
        ranks.forEach((name, rank) ->
                groups.computeIfAbsent(rank, key -> new ArrayList<>()).add(name));
        return List.copyOf(groups.values());
    }

    /**
     * An id for an answer: the same in another export of it, another one if the answer changes.
     *
     * @param record the tool's own id of the ranked record; null if it has none
     */
    static String id(String tool, long line, int number, @Nullable String record, String question, JsonNode answer) {
        return record == null
                ? Row.RankingRow.UNNAMED + line + "-" + number
                : tool + "-"
                        + Hashing.sha256(record + "\n" + question + "\n" + answer)
                                .substring(0, HASH);
    }
}
