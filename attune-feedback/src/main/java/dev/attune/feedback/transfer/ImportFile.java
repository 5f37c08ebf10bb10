package dev.attune.feedback.transfer;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.DatasetReport;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.Hashing;
import dev.attune.feedback.store.ImportedRanking;
import dev.attune.feedback.store.Imports;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Subject;
import dev.attune.feedback.store.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a file of tasks or rankings, in any format and container of datasets. */
public final class ImportFile {
    private static final String TASKS_EXPECTED = "tasks: a prompt and a list of completions each";

    private final Path file;
    private final Dataset data;

    private ImportFile(Path file, Dataset data) {
        this.file = file;
        this.data = data;
    }

    /** @throws BadInputException if the file cannot be read, or its rows are neither tasks nor rankings */
    public static ImportFile read(Path file, ReadOptions options) {
        Dataset data = Dataset.read(file, options);
        DataFormat format = data.format().written();
        if (format != DataFormat.TASKS && format != DataFormat.RANKINGS) {
            throw BadInputException.at(
                    file.toString(),
                    "the format " + data.format(),
                    TASKS_EXPECTED + "; or rankings",
                    "give such a file, or make one with attune data convert");
        }
        return new ImportFile(file, data);
    }

    /** Whether it contains rankings; otherwise it contains tasks. */
    public boolean ranked() {
        return data.format().written() == DataFormat.RANKINGS;
    }

    /** The report of reading it. */
    public DatasetReport report() {
        return data.report();
    }

    /** The tasks; for rankings, the distinct tasks that they rank. */
    public Imports.Outcome addTasks(Store store, Project project, String author) {
        return new Imports(store).addTasks(project, drafts(), source(), author);
    }

    private List<Tasks.Draft> drafts() {
        if (!ranked()) {
            return data.rowsOf(Row.TaskRow.class).stream()
                    .map(row -> draft(row, row.completions()))
                    .toList();
        }
        Map<Subject.Content, Tasks.Draft> drafts = new LinkedHashMap<>();
        for (Row.RankingRow row : data.rowsOf(Row.RankingRow.class)) {
            Tasks.Draft draft = draft(row, row.ranking().completions());
            drafts.putIfAbsent(draft.content(), draft);
        }
        return List.copyOf(drafts.values());
    }

    private Tasks.Draft draft(Row row, List<Ranking.Completion> completions) {
        Tasks.Draft draft = new Tasks.Draft(row.prompt(), completions);
        draft.require(place(row));
        return draft;
    }

    /** @throws BadInputException if it contains only tasks, or a ranking does not fit the project */
    public Imports.Outcome addRankings(Store store, Project project, String author) {
        return new Imports(store).addRankings(project, rankings(), source(), author);
    }

    /** @throws BadInputException if the file's rankings would not fit a project of this plan */
    public void requireRankings(Project.Plan plan) {
        Imports.require(plan, rankings());
    }

    private List<ImportedRanking> rankings() {
        if (!ranked()) {
            throw BadInputException.at(
                    file.toString(), "the format " + data.format(), "rankings", "import it as tasks, to be ranked");
        }
        return data.rowsOf(Row.RankingRow.class).stream()
                .map(row -> new ImportedRanking(place(row), row.ranking(), row.named()))
                .toList();
    }

    private String place(Row row) {
        return file + ":" + row.line();
    }

    private Imports.Source source() {
        try {
            return new Imports.Source(
                    String.valueOf(file.getFileName()),
                    Hashing.sha256(file),
                    data.format().configName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
