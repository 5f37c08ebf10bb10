package dev.attune.cli.lab;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.feedback.Preference;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import dev.attune.model.local.LocalTextModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Happier stories: stored pairs, and the score by which they were made, the number of happy words minus that of sad words.
 *
 * @param base directory of the base model
 */
record StoryTask(List<Preference> pairs, Path base) {
    static final int TOKENS = 48;

    private static final Set<String> HAPPY = Set.of(
            "happy", "smiled", "fun", "love", "loved", "laughed", "hugged", "friends", "nice", "good", "proud", "kind");
    private static final Set<String> SAD =
            Set.of("sad", "cried", "scared", "angry", "hurt", "lost", "mad", "afraid", "bad", "mean");

    static StoryTask read(Path pairs, Path base) throws IOException {
        return new StoryTask(
                Dataset.read(pairs, ReadOptions.defaults()).rowsOf(Row.PreferenceRow.class).stream()
                        .map(Row.PreferenceRow::preference)
                        .toList(),
                base);
    }

    StoryFold fold(int index) {
        return StoryFold.of(prompts(), index);
    }

    /** The distinct prompts with held-out name and beginning. */
    List<String> unseen(StoryFold fold) {
        return fold.unseen(prompts());
    }

    private List<String> prompts() {
        return pairs.stream().map(StoryTask::text).toList();
    }

    /** Writes the pairs outside the fold. */
    void writeTraining(StoryFold fold, Path file) throws IOException {
        AtomicFiles.write(
                file,
                pairs.stream()
                        .filter(pair -> fold.mayTrain(text(pair)))
                        .map(StoryTask::line)
                        .collect(Collectors.joining()));
    }

    /** Several completions of each prompt at temperature 1, those of a prompt next to each other. */
    List<Generated> sample(Path model, List<String> prompts, int each, long seed) {
        try (LocalTextModel text = LocalTextModel.open(model)) {
            List<int[]> tokens = prompts.stream()
                    .flatMap(prompt -> Collections.nCopies(each, text.encoder().prompt(Prompt.text(prompt))).stream())
                    .toList();
            return text.generator().generate(tokens, SamplingOptions.sampling(TOKENS, 1), seed);
        }
    }

    /** The texts of completions. */
    List<String> texts(List<Generated> completions) {
        try (LocalTextModel model = LocalTextModel.open(base)) {
            return completions.stream()
                    .map(one -> model.tokenizer().decode(one.content()))
                    .toList();
        }
    }

    double[] scores(List<Generated> completions) {
        return texts(completions).stream().mapToDouble(StoryTask::score).toArray();
    }

    /** Happy words minus sad words, lower-cased. */
    static int score(String text) {
        int score = 0;
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
            score += HAPPY.contains(word) ? 1 : SAD.contains(word) ? -1 : 0;
        }
        return score;
    }

    private static String text(Preference pair) {
        return pair.prompt() instanceof Prompt.Text text ? text.text() : "";
    }

    private static String line(Preference pair) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("prompt", text(pair));
        line.put("chosen", pair.chosen());
        line.put("rejected", pair.rejected());
        return Json.line(line) + "\n";
    }
}
