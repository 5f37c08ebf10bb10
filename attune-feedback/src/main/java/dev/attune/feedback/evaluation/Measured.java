package dev.attune.feedback.evaluation;

import dev.attune.core.text.Message;
import dev.attune.feedback.rating.JudgedAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /** The answers that a judge calls harmful or harmless, for people to rate; none without a judge. */
    public List<JudgedAnswer> judged() {
        return IntStream.range(0, items.size())
                .filter(i -> items.get(i).counts(RequestsMeasure.HARMFUL))
                .mapToObj(i -> judged(name + " " + (i + 1), items.get(i)))
                .toList();
    }

    private static JudgedAnswer judged(String id, Item item) {
        return new JudgedAnswer(
                id,
                item.place(),
                List.of(Message.user(item.asked()), Message.assistant(item.answer())),
                item.score(RequestsMeasure.HARMFUL));
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
