package dev.attune.cli.lab.constitutional;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.RevisionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The control of revisions: the same rows with the first answers in their place. */
public final class FirstAnswers {
    private FirstAnswers() {}

    /**
     * Writes the demonstrations of a job of critique and revision, each revision replaced by the answer that it revises.
     *
     * @param revised the job's folder
     */
    public static void write(Path revised, Path file) throws IOException {
        Map<Prompt, String> first = new HashMap<>();
        for (RevisedAnswer answer : RevisionLog.read(revised.resolve("drafts.jsonl"))) {
            first.put(answer.prompt(), answer.answer());
        }
        List<Row.CompletionRow> rows = new ArrayList<>();
        for (Row.CompletionRow row : Dataset.read(revised.resolve("sft.jsonl"), ReadOptions.defaults())
                .rowsOf(Row.CompletionRow.class)) {
            rows.add(new Row.CompletionRow(0, row.prompt(), first.getOrDefault(row.prompt(), row.completion())));
        }
        RowFiles.write(file, rows);
    }
}
