package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.feedback.Ranking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The items that a task of Label Studio shows, and rankings of them. */
final class LabelStudioItems {
    private static final String LEFT_OVER = "_";
    private static final List<String> TEXT = List.of("text", "body", "html", "content", "title");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private final RowKeys keys;
    private final ObjectNode data;
    private final List<String> buckets;

    /** @param buckets their names, best first; empty if their names have numbers */
    LabelStudioItems(RowKeys data, List<String> buckets) {
        this.keys = data;
        this.data = data.object();
        this.buckets = buckets;
    }

    /** The answer to a Ranker: a list in order, or buckets, each of which is a tie. Null if nothing is ranked. */
    @Nullable
    Ranking ranked(ThirdPartyRanking.Answer answer, ObjectNode columns) {
        List<String> names = columns.propertyNames().stream()
                .filter(name -> !columns.get(name).isEmpty())
                .toList();
        boolean list = names.size() == 1
                && (names.get(0).equals(answer.question()) || names.get(0).equals(LEFT_OVER))
                && columns.size() == 1;
        if (list) {
            return listed(answer, columns.get(names.get(0)));
        }
        List<List<String>> groups =
                ordered(names).stream().map(name -> ids(columns.get(name))).toList();
        return groups.isEmpty() ? null : items().ranking(answer, groups);
    }

    /** Older versions write the order without the name of the list. Null if nothing is ranked. */
    @Nullable
    Ranking listed(ThirdPartyRanking.Answer answer, JsonNode order) {
        return order.isEmpty()
                ? null
                : items().ranking(answer, ids(order).stream().map(List::of).toList());
    }

    private static List<String> ids(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /**
     * The buckets, best first: in the order given, or by the numbers in their names. The order of an object's keys is
     * not reliable because databases do not keep it.
     */
    private List<String> ordered(List<String> names) {
        List<String> filled =
                names.stream().filter(name -> !name.equals(LEFT_OVER)).toList();
        if (filled.size() < 2) {
            return filled;
        }
        if (buckets.containsAll(filled)) {
            return buckets.stream().filter(filled::contains).toList();
        }
        List<Integer> numbers = filled.stream().map(LabelStudioItems::number).toList();
        if (!buckets.isEmpty() || numbers.contains(-1) || new HashSet<>(numbers).size() < numbers.size()) {
            throw new RowProblem(
                    Fault.Kind.BAD_RANKING,
                    "ranker",
                    "the buckets " + String.join(", ", filled) + ", whose order the file does not give",
                    "numbers in their names, or --buckets with all names, best first");
        }
        return filled.stream()
                .sorted(Comparator.comparing(LabelStudioItems::number))
                .toList();
    }

    private static int number(String name) {
        Matcher number = NUMBER.matcher(name);
        return number.find() ? Integer.parseInt(number.group()) : -1;
    }

    /** The list of objects with ids that a Ranker shows. */
    private ThirdPartyRanking items() {
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            JsonNode list = field.getValue();
            if (list.isArray() && !list.isEmpty() && list.get(0).has("id")) {
                List<String> names = new ArrayList<>();
                List<Ranking.Completion> completions = new ArrayList<>();
                for (JsonNode item : list) {
                    ObjectNode object = object(item, field.getKey());
                    names.add(Fields.value(object, "id").asString());
                    completions.add(new Ranking.Completion(
                            Fields.text(object, Fields.require(object, TEXT)), Fields.optionalText(object, "model")));
                }
                keys.use(field.getKey());
                return new ThirdPartyRanking(ThirdPartyRanking.prompt(keys, texts(), Set.of()), names, completions);
            }
        }
        throw new RowProblem(Fault.Kind.MISSING_KEY, "data", "no list of items", "a list of objects with id and text");
    }

    private static ObjectNode object(JsonNode item, String key) {
        if (item instanceof ObjectNode object) {
            return object;
        }
        throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(item), "an object with id and text");
    }

    /** The answer to a Pairwise. */
    Ranking selected(ThirdPartyRanking.Answer answer, JsonNode selected, JsonNode toName) {
        List<String> listed =
                toName.isArray() ? ids(toName) : List.of(toName.asString("").split(","));
        LabelStudioPair pair = LabelStudioPair.of(data, listed);
        List<String> names = pair.names();
        List<Ranking.Completion> completions = names.stream()
                .map(name -> new Ranking.Completion(Fields.text(data, keys.use(name)), pair.model(keys, name)))
                .toList();
        String side = selected.asString();
        if (!side.equals("left") && !side.equals("right")) {
            throw new RowProblem(Fault.Kind.BAD_RANKING, "selected", Fields.describe(selected), "left or right");
        }
        int best = side.equals("left") ? 0 : 1;
        return new ThirdPartyRanking(
                        ThirdPartyRanking.prompt(keys, promptTexts(), Set.copyOf(names)), names, completions)
                .ranking(answer, List.of(List.of(names.get(best)), List.of(names.get(1 - best))));
    }

    /** The keys of texts that may be the prompt of a comparison, without names of models. */
    private List<String> promptTexts() {
        return texts().stream().filter(name -> !LabelStudioPair.isAbout(name)).toList();
    }

    private List<String> texts() {
        return data.propertyNames().stream()
                .filter(name -> data.get(name).isString())
                .toList();
    }
}
