package dev.attune.model.constraint;

import dev.attune.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The compact texts of a value, one for each order of the members of its objects. Numbers are in their plain form. */
final class Instances {
    private Instances() {}

    static List<String> texts(JsonNode value) {
        if (value.isNumber()) {
            return List.of(
                    value.decimalValue().signum() == 0
                            ? "0"
                            : value.decimalValue().stripTrailingZeros().toPlainString());
        }
        if (value.isArray()) {
            List<String> texts = List.of("");
            for (JsonNode item : value) {
                texts = joined(texts, texts(item));
            }
            return texts.stream().map(text -> "[" + text + "]").toList();
        }
        if (value.isObject()) {
            return orders(new ArrayList<>(value.properties())).stream()
                    .map(text -> "{" + text + "}")
                    .toList();
        }
        return List.of(Json.line(value));
    }

    private static List<String> orders(List<Map.Entry<String, JsonNode>> members) {
        if (members.isEmpty()) {
            return List.of("");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            List<Map.Entry<String, JsonNode>> rest = new ArrayList<>(members);
            Map.Entry<String, JsonNode> first = rest.remove(i);
            String key = Json.line(first.getKey()) + ":";
            for (String value : texts(first.getValue())) {
                texts.addAll(joined(List.of(key + value), orders(rest)));
            }
        }
        return texts;
    }

    private static List<String> joined(List<String> firsts, List<String> seconds) {
        List<String> texts = new ArrayList<>();
        for (String first : firsts) {
            for (String second : seconds) {
                texts.add(first.isEmpty() || second.isEmpty() ? first + second : first + "," + second);
            }
        }
        return texts;
    }
}
