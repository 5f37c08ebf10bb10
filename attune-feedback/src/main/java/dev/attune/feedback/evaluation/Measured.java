package dev.attune.feedback.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a model reached in a measure.
 *
 * @param readings over all prompts first, then by category
 * @param notes on the readings, a line each
 */
public record Measured(String name, String kind, List<Reading> readings, List<Item> items, List<String> notes) {
    public Measured {
        readings = List.copyOf(readings);
        items = List.copyOf(items);
        notes = List.copyOf(notes);
    }

    /** A reading over all prompts. */
    public Optional<Reading> reading(String reading) {
        return readings.stream()
                .filter(one -> one.name().equals(reading) && one.category().isEmpty())
                .findFirst();
    }

    /** The mean value of each prompt's answers under a reading, by the prompt's place; only of scored answers. */
    Map<String, Double> means(String reading) {
        return items.stream()
                .filter(item -> item.values().containsKey(reading))
                .collect(Collectors.groupingBy(
                        Item::place, TreeMap::new, Collectors.averagingDouble(item -> item.values()
                                .get(reading))));
    }
}
