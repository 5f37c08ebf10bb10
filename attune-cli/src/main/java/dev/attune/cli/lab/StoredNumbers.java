package dev.attune.cli.lab;

import tools.jackson.databind.JsonNode;

/** Lists of numbers in stored results of transformers. */
final class StoredNumbers {
    private StoredNumbers() {}

    static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    static double[] doubles(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
