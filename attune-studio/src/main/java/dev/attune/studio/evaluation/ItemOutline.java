package dev.attune.studio.evaluation;

import dev.attune.feedback.evaluation.Item;
import dev.attune.feedback.evaluation.ItemLine;
import java.util.Map;
import java.util.TreeMap;

/**
 * What items are found and compared by.
 *
 * @param key of the prompt's place and the sample
 * @param values by reading, unscored ones without a number
 */
record ItemOutline(String measure, String key, String category, String verdict, Map<String, String> values) {
    private static final String UNSCORED = "unscored";

    static ItemOutline of(ItemLine line) {
        Item item = line.item();
        Map<String, String> values = new TreeMap<>();
        item.values().forEach((reading, value) -> values.put(reading.intern(), Double.toString(value)));
        item.unscored().keySet().forEach(reading -> values.putIfAbsent(reading.intern(), UNSCORED));
        return new ItemOutline(
                line.measure().intern(),
                item.place() + " " + item.sample(),
                item.category().intern(),
                item.verdict().intern(),
                values);
    }

    /** Whether a reading applies to the item. */
    boolean counts(String reading) {
        return reading.isEmpty() || values.containsKey(reading);
    }

    /** Whether two items differ in a reading, or in their verdicts if none is given. */
    boolean differs(ItemOutline other, String reading) {
        return reading.isEmpty()
                ? !verdict.equals(other.verdict)
                : !value(reading).equals(other.value(reading));
    }

    private String value(String reading) {
        return values.getOrDefault(reading, "");
    }

    /** Where the item belongs among the items of a reading: unscored, 0, 1; another number is a value. */
    String outcome(String reading) {
        return switch (value(reading)) {
            case UNSCORED -> "unscored";
            case "1.0" -> "yes";
            case "0.0" -> "no";
            default -> "between";
        };
    }
}
