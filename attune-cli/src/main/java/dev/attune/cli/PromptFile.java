package dev.attune.cli;

import dev.attune.cli.terminal.ProgressLine;
import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.local.BatchedTextModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Completes the prompts of a file. Line k of the output is the completion of prompt k, and depends on the seed and on k, not on
 * what was computed beside it or before an interruption.
 *
 * @param out completions, which are appended to
 * @param chat whether plain prompts are user messages
 */
record PromptFile(Path in, Path out, boolean chat) {
    private record Started(Prompt prompt, CompletableFuture<Generated> completion) {}

    /** @param places prompts that are computed at once */
    void complete(BatchedTextModel model, SamplingOptions options, long seed, int places, PrintWriter err) {
        List<Prompt> prompts =
                Dataset.read(in, ReadOptions.defaults().withFormat(DataFormat.PROMPTS)).prompts().stream()
                        .map(this::asked)
                        .toList();
        try {
            int done = done(prompts);
            if (done > 0) {
                err.println(out + " has " + done + " of " + prompts.size() + " completions");
            }
            // More than places are started, so that a long completion at the head does not leave places empty.
            complete(model, options, seed, prompts, done, 4 * places, err);
        } catch (IOException e) {
            throw new RunFailedException(out + ": " + e.getMessage(), e);
        }
    }

    private Prompt asked(Prompt prompt) {
        return chat && prompt instanceof Prompt.Text text ? Prompt.chat(Message.user(text.text())) : prompt;
    }

    private void complete(
            BatchedTextModel model,
            SamplingOptions options,
            long seed,
            List<Prompt> prompts,
            int done,
            int ahead,
            PrintWriter err)
            throws IOException {
        Deque<Started> started = new ArrayDeque<>();
        int next = done;
        try (LineLog log = LineLog.open(out);
                ProgressLine progress = ProgressLine.start(err, "completions")) {
            for (int row = done; row < prompts.size(); row++) {
                for (; next < prompts.size() && next < row + ahead; next++) {
                    started.add(start(model, options, seed, prompts.get(next), next));
                }
                Started first = started.remove();
                log.append(line(model, first));
                progress.update(row + 1L, prompts.size(), "");
            }
        }
    }

    private Started start(BatchedTextModel model, SamplingOptions options, long seed, Prompt prompt, int number) {
        try {
            return new Started(prompt, model.start(model.tokens(prompt), options, seed, number, TokenListener.NONE));
        } catch (BadInputException e) {
            throw new BadInputException(in + ", prompt " + (number + 1) + ": " + e.getMessage());
        }
    }

    private static String line(BatchedTextModel model, Started started) {
        Generated generated = BatchedTextModel.await(started.completion());
        TextCompletion completion = model.text(started.prompt(), generated);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("prompt", written(started.prompt()));
        line.put("completion", completion.text());
        line.put("tokens", completion.tokens());
        line.put("log_probability", completion.logProbability());
        line.put("stop", completion.stop().name().toLowerCase(Locale.ROOT));
        return Json.line(line);
    }

    private static Object written(Prompt prompt) {
        return prompt instanceof Prompt.Text text ? text.text() : prompt.messages();
    }

    /** The number of completions in the output, which are those of the first prompts. */
    private int done(List<Prompt> prompts) throws IOException {
        if (!Files.exists(out)) {
            return 0;
        }
        LineLog.cutBack(out, line -> true);
        List<String> lines = Files.readAllLines(out);
        for (int i = 0; i < lines.size(); i++) {
            boolean same = i < prompts.size()
                    && Json.tree(lines.get(i)).path("prompt").equals(Json.tree(Json.line(written(prompts.get(i)))));
            if (!same) {
                throw BadInputException.at(
                        out + ":" + (i + 1),
                        "the completion of another prompt",
                        "those of " + in,
                        "name another file with --out");
            }
        }
        return lines.size();
    }
}
