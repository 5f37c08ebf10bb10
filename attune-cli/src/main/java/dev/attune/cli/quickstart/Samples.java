package dev.attune.cli.quickstart;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextModel;
import dev.attune.world.WorldPrompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Samples a model's answers to prompts of the built-in world, at temperature 1. */
public final class Samples {
    private Samples() {}

    /**
     * Samples several answers to each prompt.
     *
     * @return {@code [prompt][answer]}, without blanks around them
     */
    public static List<List<String>> of(TextModel model, List<WorldPrompt> prompts, int each, long seed) {
        List<String> texts = model
                .complete(
                        prompts.stream()
                                .flatMap(prompt -> Collections.nCopies(each, prompt.toPrompt()).stream())
                                .toList(),
                        SamplingOptions.sampling(QuickstartOptions.MAX_NEW_TOKENS, 1),
                        seed)
                .stream()
                .map(completion -> completion.text().strip())
                .toList();
        List<List<String>> grouped = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += each) {
            grouped.add(texts.subList(i, i + each));
        }
        return grouped;
    }
}
