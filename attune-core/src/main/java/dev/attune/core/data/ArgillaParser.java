package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
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

    /** A row for each ranking that was submitted; none if nobody has answered. */
    static List<Parsed> parse(long line, RowKeys keys) {
        ObjectNode row = keys.object();
        ObjectNode fields = row.get("fields") instanceof ObjectNode nested ? nested : row;
        RowKeys fieldKeys = new RowKeys(fields);
        String key = Fields.present(row, RECORD);
        String record = key == null ? null : row.get(key).asString();
        Map<String, List<ArgillaAnswers.Answer>> questions = new LinkedHashMap<>();
        List<ArgillaAnswers.Answer> all = ArgillaAnswers.of(row);
        for (ArgillaAnswers.Answer answer : all) {
            if (isRanking(answer.value(), fields)) {
                questions
                        .computeIfAbsent(answer.question(), question -> new ArrayList<>())
                        .add(answer);
            }
        }
        if (questions.isEmpty() && !all.isEmpty()) {
            throw unsupported(all);
        }
        List<Parsed> rankings = new ArrayList<>();
        questions.forEach((question, answers) -> {
            ThirdPartyRanking ranked = ranked(fieldKeys, answers);
            for (ArgillaAnswers.Answer answer : answers) {
                String id = ThirdPartyRanking.id(
                        "argilla",
                        line,
                        rankings.size() + 1,
                        record,
                        question + "\n" + answer.labeler(),
                        answer.value());
                ThirdPartyRanking.Answer who =
                        new ThirdPartyRanking.Answer(id, question, answer.labeler(), answer.time());
                Ranking ranking = ranked.ranking(who, ThirdPartyRanking.byRank(ranks(answer.value())));
                rankings.add(Parsed.fine(new Row.RankingRow(line, ranking)));
            }
        });
        fields(row, fieldKeys).forEach(keys::unusedInside);
        keys.useAll(List.copyOf(row.propertyNames()));
        return rankings;
    }

    /** The fields that hold texts and are neither the prompt nor a completion. */
    private static List<String> fields(ObjectNode row, RowKeys fields) {
        String prefix = row.get("fields") instanceof ObjectNode ? "fields." : "";
        return fields.unused().stream()
                .filter(name -> isField(fields.object(), name))
                .map(name -> prefix + name)
                .toList();
    }

    private static boolean isField(ObjectNode fields, String name) {
        boolean own = !NO_FIELDS.contains(name) && !name.contains(".") && !name.endsWith("-suggestion");
        return own && fields.has(name) && (fields.get(name).isString() || Turns.areTurns(fields.get(name)));
    }

    /** The problem with answers that are labels, ratings or texts: they do not rank completions. */
    private static RowProblem unsupported(List<ArgillaAnswers.Answer> answers) {
        ArgillaAnswers.Answer first = answers.get(0);
        JsonNode value = first.value();
        String kind = value.isNumber() ? "rating" : value.isString() ? "label or text" : "label, span or other";
        return new RowProblem(
                Fault.Kind.UNSUPPORTED_ANSWER,
                first.question(),
                "an answer to a " + kind + " question (" + Fields.describe(value) + ")",
                "an answer to a ranking question whose values name fields");
    }

    /**
     * Lists of value and rank are rankings; a list of texts is one if all of them name fields, and otherwise a choice
     * of labels.
     */
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

    /** Adds a name with its rank; a name without a rank counts as not ranked. */
    private static void put(Map<String, Integer> ranks, JsonNode name, @Nullable JsonNode rank) {
        if (rank == null || rank.isNull()) {
            return;
        }
        int number = Fields.integer(rank, "rank", "a whole number");
        if (ranks.put(Fields.text(name, "value"), number) != null) {
            throw new RowProblem(Fault.Kind.BAD_RANKING, "value", Fields.describe(name) + " twice", "each value once");
        }
    }

    private static ThirdPartyRanking ranked(RowKeys fieldKeys, List<ArgillaAnswers.Answer> answers) {
        ObjectNode fields = fieldKeys.object();
        Set<String> named = new LinkedHashSet<>();
        for (ArgillaAnswers.Answer answer : answers) {
            named.addAll(names(answer.value()));
        }
        for (String name : named) {
            if (!Fields.has(fields, name)) {
                throw new RowProblem(
                        Fault.Kind.BAD_RANKING,
                        "value",
                        "'" + name + "', which is not a field",
                        "values that name fields");
            }
        }
        List<String> names =
                fields.propertyNames().stream().filter(named::contains).toList();
        List<Ranking.Completion> completions = names.stream()
                .map(name -> new Ranking.Completion(Fields.text(fields, fieldKeys.use(name)), null))
                .toList();
        return new ThirdPartyRanking(prompt(fieldKeys, named), names, completions);
    }

    private static List<String> names(JsonNode value) {
        JsonNode list = value instanceof ObjectNode columns ? Fields.value(columns, "value") : value;
        return list.valueStream()
                .map(item ->
                        Fields.text(item instanceof ObjectNode object ? Fields.value(object, "value") : item, "value"))
                .toList();
    }

    private static Prompt prompt(RowKeys fields, Set<String> completions) {
        List<String> texts = fields.object().propertyNames().stream()
                .filter(name -> isField(fields.object(), name))
                .toList();
        return ThirdPartyRanking.prompt(fields, texts, completions);
    }
}
