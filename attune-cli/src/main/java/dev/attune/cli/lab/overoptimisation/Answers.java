package dev.attune.cli.lab.overoptimisation;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.WorldPrompt;
import dev.attune.world.judge.GoldReward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Completions of a model at temperature 1 with their gold scores; a file of them is not sampled twice. */
public record Answers(Path model) {
    /** Longer than any answer of the world, in tokens. */
    public static final int MAX_NEW_TOKENS = 64;

    /** Samples several completions per prompt, those of a prompt next to each other. */
    List<Answer> sample(List<WorldPrompt> prompts, int each, long seed) {
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
        List<PromptCompletion> samples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            samples.add(new PromptCompletion(
                    repeated.get(i).toPrompt(), texts.get(i).text().strip()));
        }
        double[] gold = new GoldReward().score(samples);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < gold.length; i++) {
            answers.add(new Answer(repeated.get(i).text(), samples.get(i).completion(), gold[i]));
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
