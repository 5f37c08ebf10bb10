package dev.attune.studio.evaluation;

import dev.attune.feedback.evaluation.ItemLine;
import dev.attune.studio.files.LineIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The items of a measure, each with those of the baselines on the same prompt. */
final class ItemPairs {
    private final LineIndex<ItemLine, ItemOutline> lines;
    private final String reading;

    /** @param reading by which items differ; empty: by their verdicts */
    ItemPairs(LineIndex<ItemLine, ItemOutline> lines, String reading) {
        this.lines = lines;
        this.reading = reading;
    }

    /**
     * The items of one prompt.
     *
     * @param lines their numbers: first the model's, then the baselines'
     * @param differs whether a baseline differs from the model
     */
    record Pair(List<Integer> lines, boolean differs) {}

    /** The items whose first line is chosen, differing ones first. The baselines' lines follow those of the model. */
    List<Pair> of(String measure, Predicate<ItemOutline> chosen) {
        Map<String, List<Integer>> byPrompt = new LinkedHashMap<>();
        for (int line : lines.where(outline -> outline.measure().equals(measure))) {
            byPrompt.computeIfAbsent(lines.outline(line).key(), unseen -> new ArrayList<>())
                    .add(line);
        }
        return byPrompt.values().stream()
                .filter(numbers -> chosen.test(lines.outline(numbers.get(0))))
                .map(numbers -> new Pair(numbers, differs(numbers)))
                .sorted(Comparator.comparing(pair -> !pair.differs()))
                .toList();
    }

    private boolean differs(List<Integer> numbers) {
        ItemOutline model = lines.outline(numbers.get(0));
        return numbers.stream().skip(1).anyMatch(other -> model.differs(lines.outline(other), reading));
    }
}
