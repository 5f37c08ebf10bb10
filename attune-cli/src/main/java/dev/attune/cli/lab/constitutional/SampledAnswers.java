package dev.attune.cli.lab.constitutional;

import dev.attune.cli.quickstart.Samples;
import dev.attune.core.model.TextModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.judge.TruthJudge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Samples answers at temperature 1. */
final class SampledAnswers {
    private SampledAnswers() {}

    /** Several answers to each prompt, {@code [prompt][answer]}. */
    static List<List<SampledAnswer>> of(Path model, List<WorldPrompt> prompts, int each, long seed) {
        List<List<String>> texts;
        try (TextModel text = LocalTextModel.open(model)) {
            texts = Samples.of(text, prompts, each, seed);
        }
        TruthJudge truth = new TruthJudge(World.standard());
        List<List<SampledAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            WorldPrompt prompt = prompts.get(i);
            answers.add(texts.get(i).stream()
                    .map(text -> new SampledAnswer(
                            prompt, text, truth.judge(prompt, text).complies()))
                    .toList());
        }
        return answers;
    }
}
