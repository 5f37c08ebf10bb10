package dev.attune.training.onpolicy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.provenance.DataSource;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.training.reward.WeightedRewards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Completions that were sampled before and are stored as token ids, one JSON object a line: {@code prompt_ids},
 * {@code completion_ids}, and {@code reward} or {@code rewards} by name if no reward function is asked; {@code group} if the
 * completions of a prompt are not {@code num_generations} lines in a row. Each step takes the next lines of the file, from its
 * first again after its last. Old log-probabilities are those of the policy as it is then.
 */
final class StoredRollouts implements Rollouts {
    private final ConversationEncoder encoder;
    private final OnPolicyOptions options;
    private final List<Line> lines;
    private final Map<String, Double> weights;
    private final DataSource source;

    /** A line of the file. */
    record Line(
            int @Nullable [] promptIds,
            int @Nullable [] completionIds,
            @Nullable Long group,
            @Nullable Double reward,
            @Nullable Map<String, @Nullable Double> rewards,
            @Nullable Boolean ended) {}

    private StoredRollouts(
            ConversationEncoder encoder,
            OnPolicyOptions options,
            List<Line> lines,
            Map<String, Double> weights,
            DataSource source) {
        this.encoder = encoder;
        this.options = options;
        this.lines = lines;
        this.weights = weights;
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @param scored whether reward functions score the completions, instead of the file
     * @throws BadInputException if a line cannot be used, naming it
     */
    static StoredRollouts read(
            CompletionsSettings settings, ConversationEncoder encoder, OnPolicyOptions options, boolean scored)
            throws IOException {
        Path file = Path.of(settings.path());
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at("completions: " + file, "no such file", "stored completions", "check the path");
        }
        List<String> texts = Files.readAllLines(file);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isBlank()) {
                lines.add(line(
                        file + ":" + (i + 1), texts.get(i), encoder.tokenizer().vocabularySize(), scored));
            }
        }
        if (lines.isEmpty() || lines.size() % options.rollouts() != 0) {
            throw BadInputException.at(
                    file.toString(),
                    lines.size() + " completions",
                    "a multiple of batch.rollouts, which is " + options.rollouts(),
                    "change batch.rollouts, or the file");
        }
        DataSource source = DataSource.of(file, "completions", lines.size(), lines.size());
        return new StoredRollouts(encoder, options, lines, settings.weights(), source);
    }

    private static Line line(String place, String text, int vocabulary, boolean scored) {
        Line line = parse(place, text);
        checkIds(place, "prompt_ids", line.promptIds(), vocabulary);
        checkIds(place, "completion_ids", line.completionIds(), vocabulary);
        if (!scored && line.reward() == null && line.rewards() == null) {
            throw BadInputException.at(
                    place,
                    "no reward",
                    "'reward', or 'rewards' by name",
                    "add it, or name reward functions in the recipe");
        }
        return line;
    }

    private static Line parse(String place, String text) {
        try {
            return Json.records().readValue(text, Line.class);
        } catch (JacksonException e) {
            throw BadInputException.at(
                    place, Json.reason(e), "a line with prompt_ids and completion_ids", "repair the line");
        }
    }

    private static void checkIds(String place, String key, int @Nullable [] ids, int vocabulary) {
        if (ids == null || ids.length == 0) {
            throw BadInputException.at(place, "no '" + key + "'", "a list of token ids", "add the key");
        }
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw BadInputException.at(
                        place,
                        "the id " + id + " in " + key,
                        "ids from 0 to " + (vocabulary - 1),
                        "check the tokenizer");
            }
        }
    }

    DataSource source() {
        return source;
    }

    @Override
    public List<Episode> sample(int step) {
        List<Episode> episodes = new ArrayList<>();
        long first = (long) (step - 1) * options.rollouts();
        for (int i = 0; i < options.rollouts(); i++) {
            Line line = lines.get((int) ((first + i) % lines.size()));
            Long group = line.group();
            episodes.add(episode(line, group == null ? i / options.group() : group));
        }
        return episodes;
    }

    private Episode episode(Line line, long group) {
        int[] prompt = Objects.requireNonNull(line.promptIds());
        int[] completion = Objects.requireNonNull(line.completionIds());
        int last = completion[completion.length - 1];
        Boolean stored = line.ended();
        boolean ended = stored == null ? encoder.endTokens().contains(last) : stored;
        StopReason stop = ended ? StopReason.END_TOKEN : StopReason.LENGTH;
        Episode episode = new Episode(
                Prompt.text(encoder.tokenizer().decode(prompt)),
                encoder.tokenizer().decode(completion),
                Transcript.of(prompt, completion, stop));
        episode.group = group;
        episode.score = score(line);
        episode.reward = options.scores().apply(episode.score.total(), ended);
        return episode;
    }

    private WeightedRewards.Score score(Line line) {
        Map<String, Double> byName = new LinkedHashMap<>();
        Map<String, @Nullable Double> several = line.rewards();
        if (several == null) {
            Double reward = line.reward();
            byName.put("reward", reward == null ? Double.NaN : reward);
        } else {
            several.forEach((name, value) -> byName.put(name, value == null ? Double.NaN : value));
        }
        return WeightedRewards.Score.weighted(byName, name -> weights.getOrDefault(name, 1.0));
    }

    @Override
    public List<Episode> evaluation() {
        return List.of();
    }

    @Override
    public void close() {}
}
