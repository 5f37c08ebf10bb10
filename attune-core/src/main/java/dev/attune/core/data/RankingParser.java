package dev.attune.core.data;

import dev.attune.core.feedback.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of several completions of a prompt, which they order or ask to be ordered. */
final class RankingParser {
    private RankingParser() {}

    static Parsed parse(long line, ObjectNode row) {
        List<Ranking.Completion> completions = completions(Fields.value(row, "completions"));
        List<List<Integer>> order = order(Fields.value(row, "order"));
        List<Integer> unranked = Fields.has(row, "unranked")
                ? indices(row.get("unranked"), "unranked")
                : leftOut(order, completions.size());
        Ranking ranking = new Ranking(
                Objects.requireNonNullElse(Fields.optionalText(row, "id"), Row.RankingRow.UNNAMED + line),
                Turns.prompt(row, Fields.require(row, Fields.PROMPT)),
                completions,
                Objects.requireNonNullElse(Fields.optionalText(row, "criterion"), Row.RankingRow.ANY_CRITERION),
                order,
                unranked,
                Objects.requireNonNullElse(Fields.optionalText(row, "labeler"), Row.RankingRow.NOBODY),
                Fields.optionalText(row, "guideline"),
                Fields.optionalText(row, "time"),
                Fields.flag(row, "all_bad"));
        return Parsed.fine(new Row.RankingRow(line, checked(ranking)));
    }

    /** A task: what could be ranked. */
    static Parsed task(long line, ObjectNode row) {
        return Parsed.fine(new Row.TaskRow(
                line,
                Turns.prompt(row, Fields.require(row, Fields.PROMPT)),
                completions(Fields.value(row, "completions"))));
    }

    /** The ranking itself; a problem where its indices do not fit. */
    static Ranking checked(Ranking ranking) {
        ranking.problem().ifPresent(problem -> {
            throw new RowProblem(
                    Fault.Kind.BAD_RANKING, "order", problem, "each completion's index once, in order or in unranked");
        });
        return ranking;
    }

    private static List<Ranking.Completion> completions(JsonNode value) {
        if (!value.isArray()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, "completions", Fields.describe(value), "a list");
        }
        List<Ranking.Completion> completions = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = value.get(i);
            String key = "completions[" + i + "]";
            completions.add(
                    item instanceof ObjectNode object
                            ? completion(object)
                            : new Ranking.Completion(Fields.text(item, key), null));
        }
        return completions;
    }

    private static Ranking.Completion completion(ObjectNode object) {
        return new Ranking.Completion(
                Fields.text(object, "text"),
                Fields.optionalText(object, "model"),
                Fields.optionalObject(object, "sampling"));
    }

    /** A group may be written as a list or, where it has one member, as its index. */
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
        if (!value.isInt()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "the index of a completion");
        }
        return value.intValue();
    }

    /** What no group of an order holds. */
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
