package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parses rows with several completions of a prompt: rankings, and tasks to be ranked. */
final class RankingParser {
    private static final List<String> KEYS =
            List.of("id", "order", "unranked", "criterion", "labeler", "guideline", "time", "all_bad");

    private static final Set<String> COMPLETION_KEYS = Set.of("text", "model", "sampling");

    private RankingParser() {}

    static Parsed parse(long line, RowKeys keys) {
        ObjectNode row = keys.object();
        keys.useAll(KEYS);
        List<Ranking.Completion> completions = completions(keys);
        List<List<Integer>> order = order(Fields.value(row, "order"));
        List<Integer> unranked = Fields.has(row, "unranked")
                ? indices(row.get("unranked"), "unranked")
                : leftOut(order, completions.size());
        Ranking ranking = new Ranking(
                Objects.requireNonNullElse(Fields.optionalName(row, "id"), Row.RankingRow.UNNAMED + line),
                PromptColumns.read(keys),
                completions,
                Objects.requireNonNullElse(Fields.optionalText(row, "criterion"), Row.RankingRow.ANY_CRITERION),
                order,
                unranked,
                Objects.requireNonNullElse(Fields.optionalName(row, "labeler"), Row.RankingRow.NOBODY),
                Fields.optionalName(row, "guideline"),
                Fields.optionalName(row, "time"),
                Fields.bool(row, "all_bad"));
        return Parsed.fine(new Row.RankingRow(line, checked(ranking)));
    }

    /** A task: completions that are to be ranked. */
    static Parsed task(long line, RowKeys row) {
        Prompt prompt = PromptColumns.read(row);
        return Parsed.fine(new Row.TaskRow(line, prompt, completions(row)));
    }

    /** The ranking itself; a problem if its indices do not fit. */
    static Ranking checked(Ranking ranking) {
        ranking.problem().ifPresent(problem -> {
            throw new RowProblem(
                    Fault.Kind.BAD_RANKING, "order", problem, "each completion's index once, in order or in unranked");
        });
        return ranking;
    }

    private static List<Ranking.Completion> completions(RowKeys row) {
        JsonNode value = Fields.value(row.object(), row.use("completions"));
        if (!value.isArray()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, "completions", Fields.describe(value), "a list");
        }
        List<Ranking.Completion> completions = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            completions.add(completion(row, value.get(i), "completions[" + i + "]"));
        }
        return completions;
    }

    /** A completion as a text, as an object with {@code text}, or as a message or a list of one. */
    private static Ranking.Completion completion(RowKeys row, JsonNode item, String key) {
        if (Turns.isTurn(item) || Turns.areTurns(item)) {
            List<Message> messages = Turns.read(item, key);
            if (messages.size() > 1) {
                throw new RowProblem(Fault.Kind.WRONG_TYPE, key, messages.size() + " messages", "one");
            }
            return new Ranking.Completion(Turns.answer(row, messages, key), null);
        }
        if (!(item instanceof ObjectNode object)) {
            return new Ranking.Completion(Turns.text(item, key), null);
        }
        object.properties().forEach(field -> {
            if (!COMPLETION_KEYS.contains(field.getKey()) && RowKeys.holdsSomething(field.getValue())) {
                row.unusedInside("completions[]." + field.getKey());
            }
        });
        return new Ranking.Completion(
                Fields.text(object, "text"),
                Fields.optionalText(object, "model"),
                Fields.optionalObject(object, "sampling"));
    }

    /** A group may be written as a list or, if it has one member, as its index. */
    private static List<List<Integer>> order(JsonNode value) {
        if (!value.isArray()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, "order", Fields.describe(value), "a list of lists of indices");
        }
        List<List<Integer>> order = new ArrayList<>();
        for (JsonNode group : value) {
            order.add(group.isArray() ? indices(group, "order") : List.of(index(group, "order")));
        }
        return order;
    }

    private static List<Integer> indices(JsonNode value, String key) {
        if (!value.isArray()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "a list of indices");
        }
        List<Integer> indices = new ArrayList<>();
        for (JsonNode item : value) {
            indices.add(index(item, key));
        }
        return indices;
    }

    private static int index(JsonNode value, String key) {
        return Fields.integer(value, key, "the index of a completion");
    }

    /** The indices that no group of an order contains. */
    static List<Integer> leftOut(List<List<Integer>> order, int completions) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < completions; i++) {
            int index = i;
            if (order.stream().noneMatch(group -> group.contains(index))) {
                left.add(index);
            }
        }
        return left;
    }
}
