package dev.attune.feedback.annotation;

import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Principle;
import dev.attune.feedback.judge.JudgedItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** A pair of completions under a principle that was sampled for it. */
public record AnnotationItem(JudgedItem judged, Principle principle) {
    /**
     * The pairs of all candidates.
     *
     * @param principles that are sampled from, by their weights
     * @param pairsPerPrompt pairs per prompt at most, chosen at random; 0 for all
     * @param seed decides pairs and principles; both depend on the line alone, not on other lines
     */
    public static List<AnnotationItem> of(
            List<Candidates> candidates, List<Principle> principles, int pairsPerPrompt, long seed) {
        List<AnnotationItem> items = new ArrayList<>();
        for (Candidates one : candidates) {
            SplittableRandom random = new SplittableRandom(31 * seed + one.line());
            for (JudgedItem pair : pairs(one, pairsPerPrompt, random)) {
                Principle principle = Constitution.sample(principles, random);
                items.add(new AnnotationItem(
                        new JudgedItem(pair.id(), pair.prompt(), pair.answers(), principle.comparison()), principle));
            }
        }
        return items;
    }

    private static List<JudgedItem> pairs(Candidates candidates, int limit, SplittableRandom random) {
        List<String> texts = candidates.completions();
        List<JudgedItem> pairs = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            for (int j = i + 1; j < texts.size(); j++) {
                String id = "line " + candidates.line() + ", " + i + " and " + j;
                pairs.add(JudgedItem.pair(id, candidates.prompt(), texts.get(i), texts.get(j), ""));
            }
        }
        if (limit == 0 || pairs.size() <= limit) {
            return pairs;
        }
        Collections.shuffle(pairs, new Random(random.nextLong()));
        return pairs.subList(0, limit);
    }
}
