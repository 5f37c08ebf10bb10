package dev.attune.cli.lab.overoptimisation;

import dev.attune.cli.quickstart.Samples;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.WorldPrompt;
import dev.attune.world.judge.GoldReward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Completions of a model at temperature 1 with their gold scores; a file of them is not sampled twice. */
public record Answers(Path model) {
    /** Longer than any answer of the world, in tokens. */
    public static final int MAX_NEW_TOKENS = 64;

    /** Samples several completions per prompt, those of a prompt next to each other. */
    List<Answer> sample(List<WorldPrompt> prompts, int each, long seed) {
        List<List<String>> texts;
        try (TextModel text = LocalTextModel.open(model)) {
            texts = Samples.of(text, prompts, each, seed);
        }
        List<Answer> answers = new ArrayList<>();
        List<PromptCompletion> samples = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            WorldPrompt prompt = prompts.get(i);
            texts.get(i).forEach(text -> samples.add(new PromptCompletion(prompt.toPrompt(), text)));
        }
        double[] gold = new GoldReward().score(samples);
        for (int i = 0; i < gold.length; i++) {
            answers.add(new Answer(prompts.get(i / each).text(), samples.get(i).completion(), gold[i]));
        }
        return answers;
    }

    /** Reads the answers of an earlier call with the same file, or samples and writes them. */
    public List<Answer> sample(Path file, List<WorldPrompt> prompts, int each, long seed) throws IOException {
        if (Files.exists(file)) {
            return Files.readAllLines(file).stream()
                    .map(line -> Json.records().readValue(line, Answer.class))
                    .toList();
        }
        List<Answer> answers = sample(prompts, each, seed);
        AtomicFiles.write(file, Json.lines(answers));
        return answers;
    }
}
