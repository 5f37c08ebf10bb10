package dev.attune.cli.parity;

import tools.jackson.databind.JsonNode;

/** Lists of numbers in stored results of transformers. */
public final class StoredNumbers {
    private StoredNumbers() {}

    public static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    public static double[] doubles(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
