package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.core.data.DataFormat;
import dev.attune.core.data.RowFiles;
import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.DataSource;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.transfer.ExportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune feedback export OUT}: a project's rankings or preferences as a file. */
@Command(
        name = "export",
        description = {
            "Export a project's rankings, or the preferences made from them, each with labeler, criterion, guideline and time.",
            "The extension of OUT is .jsonl, .json, .csv or .parquet, optionally with .gz. The options for preferences are"
                    + " recorded in OUT.provenance.json."
        },
        footer = {
            "",
            "Examples:",
            "  attune feedback export rankings.jsonl --project \"Kind answers\"",
            "  attune feedback export pairs.parquet --project \"Kind answers\" --as preferences --votes majority"
        })
final class FeedbackExportCommand extends BaseCommand {
    @Parameters(paramLabel = "OUT", description = "Output file.")
    private Path out;

    @Option(names = "--project", required = true, paramLabel = "NAME", description = "Name of the project.")
    private String name;

    @Option(
            names = "--as",
            paramLabel = "WHAT",
            defaultValue = "rankings",
            description = "Content of OUT: rankings (default) or preferences.")
    private String as;

    @Option(names = "--json", description = "Print {out, as, written}.")
    private boolean json;

    @Mixin
    private PairArguments pairs;

    @Mixin
    private DatabaseOption database;

    @Override
    protected int run() throws IOException {
        RowFiles.requireContainer(out);
        try (Store store = Store.open(database.existing())) {
            long written = write(store, FeedbackCommand.project(store, name));
            if (json) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("out", out.toString());
                result.put("as", as);
                result.put("written", written);
                json(result);
            } else {
                out().println(out + ": " + written + " " + as);
            }
        }
        return 0;
    }

    private long write(Store store, Project project) throws IOException {
        Map<String, String> derivation = new LinkedHashMap<>();
        derivation.put("step", "export");
        derivation.put("project", project.name());
        return switch (as) {
            case "rankings" -> {
                long written = ExportFile.rankings(store, project, out);
                record(DataFormat.RANKINGS, written, derivation);
                yield written;
            }
            case "preferences" -> {
                long written = ExportFile.preferences(store, project, out, pairs.options());
                derivation.putAll(pairs.options().describe());
                record(DataFormat.PREFERENCES, written, derivation);
                yield written;
            }
            default ->
                throw BadInputException.at("--as", "'" + as + "'", "rankings or preferences", "write one of the two");
        };
    }

    private void record(DataFormat format, long written, Map<String, String> derivation) throws IOException {
        DataSource.recordDerived(out, format.configName(), written, derivation, List.of());
    }
}
