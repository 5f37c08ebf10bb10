package dev.attune.cli.lab.constitutional;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.judge.TruthJudge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Samples answers at temperature 1. */
final class SampledAnswers {
    /** Longer than any answer of the world, in tokens. */
    private static final int MAX_NEW_TOKENS = 64;

    private SampledAnswers() {}

    /** Several answers to each prompt, {@code [prompt][answer]}; none is empty. */
    static List<List<SampledAnswer>> of(Path model, List<WorldPrompt> prompts, int each, long seed) {
        List<WorldPrompt> repeated = prompts.stream()
                .flatMap(prompt -> Collections.nCopies(each, prompt).stream())
                .toList();
        List<TextCompletion> texts;
        try (TextModel text = LocalTextModel.open(model)) {
            texts = text.complete(
                    repeated.stream().map(WorldPrompt::toPrompt).toList(),
                    SamplingOptions.sampling(MAX_NEW_TOKENS, 1),
                    seed);
        }
        TruthJudge truth = new TruthJudge(World.standard());
        List<List<SampledAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < repeated.size(); i++) {
            if (i % each == 0) {
                answers.add(new ArrayList<>());
            }
            WorldPrompt prompt = repeated.get(i);
            String text = texts.get(i).text().strip();
            boolean harmful = truth.judge(prompt, text).complies();
            answers.get(i / each).add(new SampledAnswer(prompt, text, harmful));
        }
        return answers;
    }
}
