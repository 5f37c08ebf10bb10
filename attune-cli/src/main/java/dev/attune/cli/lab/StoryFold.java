package dev.attune.cli.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Held-out names and beginnings of stories. A prompt is a name and a beginning; prompts with a held-out name or beginning
 * are excluded from training, and prompts with both are measured.
 */
record StoryFold(Set<String> names, Set<String> beginnings) {
    private static final int HELD_OUT = 2;

    /** The i-th pair of names with the i-th pair of beginnings, in alphabetical order, cyclically. */
    static StoryFold of(Collection<String> prompts, int index) {
        return new StoryFold(part(prompts, StoryFold::name, index), part(prompts, StoryFold::beginning, index));
    }

    private static Set<String> part(Collection<String> prompts, UnaryOperator<String> part, int index) {
        List<String> parts =
                new ArrayList<>(new TreeSet<>(prompts.stream().map(part).toList()));
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < HELD_OUT; i++) {
            chosen.add(parts.get((index * HELD_OUT + i) % parts.size()));
        }
        return Set.copyOf(chosen);
    }

    boolean mayTrain(String prompt) {
        return !names.contains(name(prompt)) && !beginnings.contains(beginning(prompt));
    }

    /** The distinct prompts with held-out name and beginning, in alphabetical order. */
    List<String> unseen(Collection<String> prompts) {
        return new TreeSet<>(prompts)
                .stream()
                        .filter(prompt -> names.contains(name(prompt)) && beginnings.contains(beginning(prompt)))
                        .toList();
    }

    private static String name(String prompt) {
        return prompt.split(" ", 2)[0];
    }

    private static String beginning(String prompt) {
        return prompt.contains(" ") ? prompt.split(" ", 2)[1] : "";
    }
}
