package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.core.data.DataFormat;
import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Imports;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.transfer.ImportFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune feedback import FILE}: tasks to be ranked, or rankings from elsewhere. */
@Command(
        name = "import",
        description = {
            "Import tasks to be ranked, or existing rankings, into a project: the whole file or nothing.",
            "Rankings keep their labelers, who need no account, their times, guidelines and criteria. Exports of Argilla and"
                    + " Label Studio and the public datasets of docs/data.md are read too. Importing a file again adds nothing."
        },
        footer = {
            "",
            "Examples:",
            "  attune feedback import tasks.csv --project \"Kind answers\" --criterion helpful,harmless --overlap 2",
            "  attune feedback import argilla.json --project \"Old rankings\" --criterion best",
            "  attune feedback import label-studio.json --project \"Old rankings\" --buckets good,fair,bad"
        })
final class FeedbackImportCommand extends BaseCommand {
    private static final String TASKS = "tasks";
    private static final String RANKINGS = "rankings";

    @Parameters(paramLabel = "FILE", description = "Data file: JSONL, JSON, CSV or Parquet, gzip or not.")
    private Path file;

    @Option(names = "--project", required = true, paramLabel = "NAME", description = "Name of the project.")
    private String name;

    @Option(
            names = "--criterion",
            split = ",",
            paramLabel = "NAMES",
            description =
                    "Criteria of the project, which is created if it does not exist: helpful, harmless, honest or your own.")
    private @Nullable List<String> criteria;

    @Option(
            names = "--overlap",
            defaultValue = "1",
            paramLabel = "N",
            description = "Labelers per prompt, if the project is created (default: ${DEFAULT-VALUE}).")
    private int overlap;

    @Option(
            names = "--as",
            paramLabel = "WHAT",
            description = "Content of FILE: tasks or rankings (default: detected).")
    private @Nullable String as;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Format of the rows: tasks, rankings, argilla, label-studio or a public dataset's format (default: detected).")
    private @Nullable String format;

    @Option(
            names = "--on-fault",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description = "Handling of rows that parse but cannot be used: fail (default) or drop.")
    private String onFault;

    @Option(names = "--json", description = "Print {project, as, added, known, rows, dropped, unused_keys}.")
    private boolean json;

    @Mixin
    private BucketsOption buckets;

    @Mixin
    private DatabaseOption database;

    @Override
    protected int run() {
        ImportFile read = ImportFile.read(file, options());
        String what = what(read);
        try (Store store = Store.open(criteria == null ? database.existing() : database.url())) {
            String author = new Labelers(store).atThisMachine().id();
            Project project = project(store, read, what, author);
            Imports.Outcome outcome = what.equals(TASKS)
                    ? read.addTasks(store, project, author)
                    : read.addRankings(store, project, author);
            report(read, what, project, outcome);
        }
        return 0;
    }

    private ReadOptions options() {
        OnFault handling = OnFault.parse(onFault);
        if (handling == OnFault.KEEP) {
            throw BadInputException.at("--on-fault", "'keep'", "fail or drop", "the studio does not store faulty rows");
        }
        return ReadOptions.defaults()
                .withFormat(format == null ? null : DataFormat.parse(format))
                .withOnFault(handling)
                .withBuckets(buckets.names());
    }

    private String what(ImportFile read) {
        String what = as == null ? (read.ranked() ? RANKINGS : TASKS) : as;
        if (!what.equals(TASKS) && !what.equals(RANKINGS)) {
            throw BadInputException.at("--as", "'" + what + "'", "tasks or rankings", "write one of the two");
        }
        return what;
    }

    private Project project(Store store, ImportFile read, String what, String author) {
        Projects projects = new Projects(store);
        Optional<Project> there = projects.byName(name);
        if (criteria == null) {
            return there.orElseGet(() -> FeedbackCommand.project(store, name));
        }
        if (there.isPresent()) {
            return requireSame(there.get(), criteria);
        }
        Project.Plan plan = Project.Plan.of(
                        name, criteria.stream().map(Criterion::named).toList())
                .withOverlap(overlap);
        if (what.equals(RANKINGS)) {
            read.requireRankings(plan);
        }
        err().println("created the project '" + name + "'");
        return projects.add(plan, author);
    }

    private static Project requireSame(Project project, List<String> wanted) {
        List<String> names = project.criteria().stream().map(Criterion::name).toList();
        if (!names.containsAll(wanted)) {
            throw BadInputException.at(
                    "--criterion " + String.join(",", wanted),
                    "an existing project that ranks by " + String.join(", ", names),
                    "a new project, or these criteria",
                    "leave --criterion out or name another project");
        }
        return project;
    }

    private void report(ImportFile read, String what, Project project, Imports.Outcome outcome) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("project", project.name());
            result.put("as", what);
            result.put("added", outcome.added());
            result.put("known", outcome.known());
            result.put("rows", read.report().rows());
            result.put("dropped", read.report().dropped());
            result.put("unused_keys", read.report().unusedKeys());
            json(result);
            return;
        }
        err().println(read.report().summary());
        out().println(project.name() + ": " + what + " added: " + outcome.added() + ", already known: "
                + outcome.known());
    }
}
