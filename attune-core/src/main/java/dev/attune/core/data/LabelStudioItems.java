package dev.attune.core.data;

import dev.attune.core.feedback.Ranking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a task of Label Studio shows, and the results in its terms. */
final class LabelStudioItems {
    private static final String LEFT_OVER = "_";
    private static final List<String> TEXT = List.of("text", "body", "html", "content", "title");
    private static final List<Set<String>> ENDINGS =
            List.of(Set.of("1", "2"), Set.of("a", "b"), Set.of("left", "right"), Set.of("first", "second"));
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private final ObjectNode data;
    private final List<String> buckets;

    /** @param buckets their names, best first; empty where the file tells their order */
    LabelStudioItems(ObjectNode data, List<String> buckets) {
        this.data = data;
        this.buckets = buckets;
    }

    /** What a Ranker says: a list in order, or buckets, each of which is a tie. Null where nothing is ranked. */
    @Nullable
    Ranking ranked(ForeignRanking.Answer answer, ObjectNode columns) {
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

    /** Older versions write the order without the name of the list. Null where nothing is ranked. */
    @Nullable
    Ranking listed(ForeignRanking.Answer answer, JsonNode order) {
        return order.isEmpty()
                ? null
                : items().ranking(answer, ids(order).stream().map(List::of).toList());
    }

    private static List<String> ids(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** Databases do not keep the order of an object's keys: only names that are listed, or have numbers, tell one. */
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
                    "the buckets " + String.join(", ", filled) + ", of which the file does not say which is best",
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
    private ForeignRanking items() {
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
                return new ForeignRanking(ForeignRanking.prompt(data, texts(), Set.of()), names, completions);
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

    /** What a Pairwise says. */
    Ranking selected(ForeignRanking.Answer answer, JsonNode selected, JsonNode toName) {
        List<String> names = pair(toName);
        List<Ranking.Completion> completions = names.stream()
                .map(name -> new Ranking.Completion(Fields.text(data, name), null))
                .toList();
        String side = selected.asString();
        if (!side.equals("left") && !side.equals("right")) {
            throw new RowProblem(Fault.Kind.BAD_RANKING, "selected", Fields.describe(selected), "left or right");
        }
        int best = side.equals("left") ? 0 : 1;
        return new ForeignRanking(ForeignRanking.prompt(data, texts(), Set.copyOf(names)), names, completions)
                .ranking(answer, List.of(List.of(names.get(best)), List.of(names.get(1 - best))));
    }

    /** The keys of the two texts: those that the result names, or two that differ in their endings alone. */
    private List<String> pair(JsonNode toName) {
        List<String> named =
                toName.isArray() ? ids(toName) : List.of(toName.asString("").split(","));
        if (named.size() == 2 && named.stream().allMatch(name -> Fields.has(data, name))) {
            return named;
        }
        Map<String, List<String>> stems = new TreeMap<>();
        texts().forEach(name -> {
            String ending = ending(name);
            String stem = name.substring(0, name.length() - ending.length());
            stems.computeIfAbsent(stem, key -> new ArrayList<>()).add(name);
        });
        for (List<String> pair : stems.values()) {
            Set<String> endings =
                    Set.copyOf(pair.stream().map(LabelStudioItems::ending).toList());
            if (pair.size() == 2 && ENDINGS.contains(endings)) {
                return pair.stream()
                        .sorted(Comparator.comparing(LabelStudioItems::ending))
                        .toList();
            }
        }
        throw new RowProblem(
                Fault.Kind.MISSING_KEY,
                "data",
                "the texts " + String.join(", ", texts()),
                "two that differ in their endings, such as text1 and text2, or answer_a and answer_b");
    }

    /** 1, a, left or first and their partners; empty where the name ends in none of these. */
    private static String ending(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return ENDINGS.stream()
                .flatMap(Set::stream)
                .filter(lower::endsWith)
                .findFirst()
                .orElse("");
    }

    private List<String> texts() {
        return data.propertyNames().stream()
                .filter(name -> data.get(name).isString())
                .toList();
    }
}
