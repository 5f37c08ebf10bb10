package dev.attune.cli.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Names and beginnings of stories that one training run must not see. A prompt is a name and a beginning; those that hold
 * a name or a beginning of the fold are kept out of training, and those that hold both are what is measured.
 */
record StoryFold(Set<String> names, Set<String> beginnings) {
    private static final int HELD_OUT = 2;

    /** The i-th pair of names with the i-th pair of beginnings, in alphabetical order, around and around. */
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

    /** The prompts of which training sees neither name nor beginning, each once, in alphabetical order. */
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
