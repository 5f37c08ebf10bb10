package dev.attune.feedback.evaluation;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import dev.attune.core.json.JsonLines;
import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmJudgeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A model whose answers are kept in a file when they are given, so that a stopped evaluation continues. Prompts are asked
 * in batches; a batch that was not finished is asked again. Not thread-safe.
 */
public final class AnsweringModel implements Subject, AutoCloseable {
    private static final int BATCH = 32;

    private final TextModel model;
    private final long seed;
    private final LineLog log;
    private final Map<Key, TextCompletion> kept = new HashMap<>();
    private final Function<HarmJudgeSettings, HarmJudge> judges;
    private final BiConsumer<String, Integer> progress;

    private AnsweringModel(
            TextModel model,
            long seed,
            LineLog log,
            Function<HarmJudgeSettings, HarmJudge> judges,
            BiConsumer<String, Integer> progress) {
        this.model = model;
        this.seed = seed;
        this.log = log;
        this.judges = judges;
        this.progress = progress;
    }

    private record Key(String part, int sample, int row) {}

    private record Line(String part, int sample, int row, TextCompletion answer) {
        Line {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(answer, "answer");
        }
    }

    /**
     * Opens the file of answers, and creates it if it is missing.
     *
     * @param model not closed by this
     * @param judges opens the judge that a measure names, or gives it again
     * @param progress gets the part and the number of prompts that were just answered
     * @throws dev.attune.core.error.BadInputException naming the line that is not an answer
     */
    public static AnsweringModel open(
            Path file,
            TextModel model,
            long seed,
            Function<HarmJudgeSettings, HarmJudge> judges,
            BiConsumer<String, Integer> progress)
            throws IOException {
        AnsweringModel answering = new AnsweringModel(model, seed, LineLog.open(file), judges, progress);
        JsonLines.read(file, Line.class, "an answer of the evaluated model", "repair or delete the file")
                .forEach(line -> answering.kept.put(new Key(line.part, line.sample, line.row), line.answer));
        return answering;
    }

    @Override
    public List<TextCompletion> answers(String part, List<Prompt> prompts, SamplingOptions options, int sample) {
        List<TextCompletion> answers = new ArrayList<>();
        for (int from = 0; from < prompts.size(); from += BATCH) {
            int to = Math.min(from + BATCH, prompts.size());
            answers.addAll(batch(part, prompts.subList(from, to), from, options, sample));
            progress.accept(part, to - from);
        }
        return answers;
    }

    private List<TextCompletion> batch(
            String part, List<Prompt> prompts, int from, SamplingOptions options, int sample) {
        List<TextCompletion> answers = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            TextCompletion answer = kept.get(new Key(part, sample, from + i));
            if (answer == null) {
                return asked(part, prompts, from, options, sample);
            }
            answers.add(answer);
        }
        return answers;
    }

    private List<TextCompletion> asked(
            String part, List<Prompt> prompts, int from, SamplingOptions options, int sample) {
        List<TextCompletion> answers = model.complete(prompts, options, seed + 31L * from + sample);
        try {
            for (int i = 0; i < answers.size(); i++) {
                log.append(Json.line(new Line(part, sample, from + i, answers.get(i))));
            }
        } catch (IOException e) {
            throw new RunFailedException(String.valueOf(e.getMessage()), e);
        }
        return answers;
    }

    @Override
    public HarmJudge judge(HarmJudgeSettings settings) {
        return judges.apply(settings);
    }

    @Override
    public Optional<ContinuationModel> probabilities() {
        return model instanceof ContinuationModel given ? Optional.of(given) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
