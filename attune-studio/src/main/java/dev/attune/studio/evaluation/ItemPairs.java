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

    /** @param lines numbers of the lines of one prompt: first the model's, then the baselines' */
    record Pair(List<Integer> lines) {
        int model() {
            return lines.get(0);
        }
    }

    /** The items whose first line is chosen, differing ones first. The baselines' lines follow those of the model. */
    List<Pair> of(String measure, Predicate<ItemOutline> chosen) {
        Map<String, List<Integer>> byPrompt = new LinkedHashMap<>();
        for (int line : lines.where(outline -> outline.measure().equals(measure))) {
            byPrompt.computeIfAbsent(lines.outline(line).key(), unseen -> new ArrayList<>())
                    .add(line);
        }
        return byPrompt.values().stream()
                .map(Pair::new)
                .filter(pair -> chosen.test(lines.outline(pair.model())))
                .sorted(Comparator.comparing(pair -> !differs(pair)))
                .toList();
    }

    boolean differs(Pair pair) {
        ItemOutline model = lines.outline(pair.model());
        return pair.lines().stream().skip(1).anyMatch(other -> model.differs(lines.outline(other), reading));
    }
}
