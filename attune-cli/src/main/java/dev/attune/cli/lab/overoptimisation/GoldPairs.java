package dev.attune.cli.lab.overoptimisation;

import dev.attune.world.SeededChoices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Preference pairs labeled by the gold score: a good and a bad completion of the same prompt.
 *
 * @param noise probability that a pair is labeled the wrong way round, 0 to 1
 */
public record GoldPairs(double noise, long seed) {
    /** A pair in the format {@code prompt/chosen/rejected}. */
    public record Pair(String prompt, String chosen, String rejected) {}

    /** Pairs of completions, each completion in at most one; completions of a prompt are next to each other. */
    public List<Pair> of(List<Answer> answers) {
        SeededChoices choices = SeededChoices.of(seed, "labels");
        Map<String, List<Answer>> byPrompt = answers.stream()
                .collect(Collectors.groupingBy(Answer::prompt, LinkedHashMap::new, Collectors.toList()));
        List<Pair> pairs = new ArrayList<>();
        byPrompt.forEach((prompt, some) -> {
            List<Answer> good = some.stream().filter(one -> one.gold() > 0).toList();
            List<Answer> bad = some.stream().filter(one -> one.gold() == 0).toList();
            for (int i = 0; i < Math.min(good.size(), bad.size()); i++) {
                pairs.add(labeled(prompt, good.get(i).completion(), bad.get(i).completion(), choices));
            }
        });
        return choices.shuffled(pairs);
    }

    private Pair labeled(String prompt, String good, String bad, SeededChoices choices) {
        return choices.chance(noise) ? new Pair(prompt, bad, good) : new Pair(prompt, good, bad);
    }
}
