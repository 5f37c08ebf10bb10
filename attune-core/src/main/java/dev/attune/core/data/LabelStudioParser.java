package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.feedback.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tasks of Label Studio. Each result of a Ranker or a Pairwise in an annotation that was not cancelled is a ranking.
 */
final class LabelStudioParser {
    private static final Set<String> RANKING_TYPES = Set.of("ranker", "pairwise");

    private final long line;
    private final ObjectNode task;
    private final LabelStudioItems items;
    private final List<Parsed> rankings = new ArrayList<>();
    private final Set<String> others = new TreeSet<>();

    private LabelStudioParser(long line, ObjectNode task, RowKeys data, List<String> buckets) {
        this.line = line;
        this.task = task;
        this.items = new LabelStudioItems(data, buckets);
    }

    static boolean matches(ObjectNode row) {
        return row.get("data") instanceof ObjectNode && row.has("annotations");
    }

    /** A row for each result that ranks; none if nobody has answered, a problem if all answers are of other types. */
    static List<Parsed> parse(long line, RowKeys keys, List<String> buckets) {
        ObjectNode row = keys.object();
        if (!(Fields.value(row, "data") instanceof ObjectNode data)) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, "data", Fields.describe(row.get("data")), "an object");
        }
        RowKeys dataKeys = new RowKeys(data);
        LabelStudioParser parser = new LabelStudioParser(line, row, dataKeys, buckets);
        JsonNode annotations = row.get("annotations");
        if (annotations != null) {
            annotations.forEach(parser::annotation);
        }
        if (parser.rankings.isEmpty() && !parser.others.isEmpty()) {
            throw new RowProblem(
                    Fault.Kind.UNSUPPORTED_ANSWER,
                    "annotations",
                    "results of the type " + String.join(", ", parser.others),
                    "results of the types ranker or pairwise, which say which text is better");
        }
        keys.useAll(List.copyOf(row.propertyNames()));
        keys.unusedInside("data.", dataKeys);
        return parser.rankings;
    }

    private void annotation(JsonNode annotation) {
        JsonNode results = annotation.get("result");
        if (results == null || annotation.path("was_cancelled").asBoolean(false)) {
            return;
        }
        for (JsonNode result : results) {
            JsonNode value = result.get("value");
            if (value != null) {
                result(annotation, result, value);
            }
        }
    }

    private void result(JsonNode annotation, JsonNode result, JsonNode value) {
        String type = text(result.get("type"));
        String question = Objects.requireNonNullElse(text(result.get("from_name")), Row.RankingRow.ANY_CRITERION);
        Ranking ranking = null;
        if ("ranker".equals(type) && value.get("ranker") instanceof ObjectNode columns) {
            ranking = items.ranked(answer(annotation, question, columns), columns);
        } else if ("ranker".equals(type) && value.path("ranker").isArray()) {
            ranking = items.listed(answer(annotation, question, value.get("ranker")), value.get("ranker"));
        } else if ("pairwise".equals(type) && value.has("selected")) {
            JsonNode selected = value.get("selected");
            ranking = items.selected(answer(annotation, question, selected), selected, result.path("to_name"));
        } else if (type != null && !RANKING_TYPES.contains(type)) {
            others.add(type);
        }
        if (ranking != null) {
            rankings.add(Parsed.fine(new Row.RankingRow(line, ranking)));
        }
    }

    private ThirdPartyRanking.Answer answer(JsonNode annotation, String question, JsonNode value) {
        String record = text(task.get("id"));
        String named = record == null ? null : record + "\n" + text(annotation.get("id"));
        String id = ThirdPartyRanking.id("label-studio", line, rankings.size() + 1, named, question, value);
        return new ThirdPartyRanking.Answer(id, question, labeler(annotation.get("completed_by")), time(annotation));
    }

    private static @Nullable String time(JsonNode annotation) {
        return text(annotation.get("created_at"));
    }

    /** The labeler's name or number; Label Studio writes a number or an object. */
    private static String labeler(@Nullable JsonNode person) {
        if (person instanceof ObjectNode object) {
            String key = Fields.present(object, List.of("email", "username", "id"));
            return key == null ? Row.RankingRow.NOBODY : labeler(object.get(key));
        }
        String name = text(person);
        if (name == null) {
            return Row.RankingRow.NOBODY;
        }
        return person != null && person.isNumber() ? "label-studio " + name : name;
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asString();
    }
}
