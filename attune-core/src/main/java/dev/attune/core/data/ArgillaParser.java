package dev.attune.core.data;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records of Argilla. The values of a ranking question name the fields that hold the completions; another field is the
 * prompt. Each submitted response is a ranking by its user, each suggestion one by its agent.
 */
final class ArgillaParser {
    private static final List<String> RECORD = List.of("_server_id", "id", "external_id");
    private static final Set<String> NO_FIELDS = Set.of("_server_id", "id", "external_id", "status", "metadata");

    private ArgillaParser() {}

    static boolean matches(ObjectNode row) {
        boolean nested = row.get("fields") instanceof ObjectNode && (row.has("responses") || row.has("suggestions"));
        return nested || ArgillaAnswers.flat(row);
    }

    /** A row for each ranking that was submitted; none where nobody has answered. */
    static List<Parsed> parse(long line, ObjectNode row) {
        ObjectNode fields = row.get("fields") instanceof ObjectNode nested ? nested : row;
        String key = Fields.present(row, RECORD);
        String record = key == null ? null : row.get(key).asString();
        Map<String, List<ArgillaAnswers.Answer>> questions = new LinkedHashMap<>();
        for (ArgillaAnswers.Answer answer : ArgillaAnswers.of(row)) {
            if (isRanking(answer.value(), fields)) {
                questions
                        .computeIfAbsent(answer.question(), question -> new ArrayList<>())
                        .add(answer);
            }
        }
        List<Parsed> rankings = new ArrayList<>();
        questions.forEach((question, answers) -> {
            ForeignRanking foreign = foreign(fields, answers);
            for (ArgillaAnswers.Answer answer : answers) {
                String id = ForeignRanking.id(
                        "argilla",
                        line,
                        rankings.size() + 1,
                        record,
                        question + "\n" + answer.labeler(),
                        answer.value());
                ForeignRanking.Answer who = new ForeignRanking.Answer(id, question, answer.labeler(), answer.time());
                Ranking ranking = foreign.ranking(who, ForeignRanking.byRank(ranks(answer.value())));
                rankings.add(Parsed.fine(new Row.RankingRow(line, ranking)));
            }
        });
        return rankings;
    }

    /** Lists of value and rank are rankings; a list of texts is one where all name fields, and else a choice of labels. */
    private static boolean isRanking(JsonNode value, ObjectNode fields) {
        if (value instanceof ObjectNode columns) {
            return columns.has("value") && columns.has("rank");
        }
        if (!value.isArray() || value.isEmpty()) {
            return false;
        }
        return value.get(0).isObject()
                ? value.get(0).has("value") && value.get(0).has("rank")
                : value.valueStream().allMatch(name -> name.isString() && Fields.has(fields, name.stringValue()));
    }

    private static Map<String, Integer> ranks(JsonNode value) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        if (value instanceof ObjectNode columns) {
            JsonNode names = Fields.value(columns, "value");
            for (int i = 0; i < names.size(); i++) {
                put(ranks, names.get(i), columns.get("rank").get(i));
            }
            return ranks;
        }
        for (JsonNode item : value) {
            if (item instanceof ObjectNode object) {
                put(ranks, Fields.value(object, "value"), object.get("rank"));
            } else {
                ranks.put(Fields.text(item, "value"), ranks.size());
            }
        }
        return ranks;
    }

    /** What has no rank was not ranked. */
    private static void put(Map<String, Integer> ranks, JsonNode name, @Nullable JsonNode rank) {
        if (rank == null || rank.isNull()) {
            return;
        }
        if (!rank.isInt()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, "rank", Fields.describe(rank), "a whole number");
        }
        if (ranks.put(Fields.text(name, "value"), rank.intValue()) != null) {
            throw new RowProblem(Fault.Kind.BAD_RANKING, "value", Fields.describe(name) + " twice", "each value once");
        }
    }

    private static ForeignRanking foreign(ObjectNode fields, List<ArgillaAnswers.Answer> answers) {
        Set<String> named = new LinkedHashSet<>();
        for (ArgillaAnswers.Answer answer : answers) {
            named.addAll(names(answer.value()));
        }
        for (String name : named) {
            if (!Fields.has(fields, name)) {
                throw new RowProblem(
                        Fault.Kind.BAD_RANKING,
                        "value",
                        "'" + name + "', which is no field",
                        "values that name fields");
            }
        }
        List<String> names =
                fields.propertyNames().stream().filter(named::contains).toList();
        List<Ranking.Completion> completions = names.stream()
                .map(name -> new Ranking.Completion(Fields.text(fields, name), null))
                .toList();
        return new ForeignRanking(prompt(fields, named), names, completions);
    }

    private static List<String> names(JsonNode value) {
        JsonNode list = value instanceof ObjectNode columns ? Fields.value(columns, "value") : value;
        return list.valueStream()
                .map(item ->
                        Fields.text(item instanceof ObjectNode object ? Fields.value(object, "value") : item, "value"))
                .toList();
    }

    private static Prompt prompt(ObjectNode fields, Set<String> completions) {
        List<String> left = fields.propertyNames().stream()
                .filter(name -> !NO_FIELDS.contains(name) && !name.contains(".") && !name.endsWith("-suggestion"))
                .filter(name -> fields.get(name).isString() || Turns.areTurns(fields.get(name)))
                .toList();
        return ForeignRanking.prompt(fields, left, completions);
    }
}
