package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.core.error.BadInputException;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunComparison;
import dev.attune.core.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune runs}: lists, shows, compares and monitors runs. */
@Command(
        name = "runs",
        description = "Inspect and compare runs.",
        footer = {
            "",
            "Examples:",
            "  attune runs list",
            "  attune runs show runs/stories/ppo",
            "  attune runs compare runs/a runs/b",
            "  attune runs monitor runs/stories/ppo"
        },
        subcommands = {
            RunsCommand.ListAll.class,
            RunsCommand.Show.class,
            RunsCommand.Compare.class,
            RunsMonitorCommand.class
        })
final class RunsCommand extends BaseCommand {
    @Override
    protected int run() {
        return ListAll.print(this, RunFolder.under(ListAll.DEFAULT));
    }

    /** {@code runs list [DIR]}. */
    @Command(
            name = "list",
            description = {
                "List the runs below a directory, one per line: path, method, state, last step.",
                "A run with stages shows how many of them are complete; each stage is listed as well."
            },
            footer = {"", "Example:", "  attune runs list runs --json"})
    static final class ListAll extends BaseCommand {
        private static final Path DEFAULT = Path.of("runs");

        @Parameters(arity = "0..1", paramLabel = "DIR", description = "Directory of runs (default: runs).")
        private @Nullable Path directory;

        @Option(names = "--json", description = "Print a list of {run, method, state, step, stages}.")
        private boolean json;

        @Override
        protected int run() {
            List<RunFolder> runs = RunFolder.under(directory == null ? DEFAULT : existing(directory));
            if (!json) {
                return print(this, runs);
            }
            json(runs.stream().map(ListAll::row).toList());
            return 0;
        }

        /** A directory named by the user must exist; the default one may not exist yet. */
        private static Path existing(Path directory) {
            if (!Files.isDirectory(directory)) {
                throw BadInputException.at(
                        directory.toString(),
                        Files.exists(directory) ? "a file" : "no such directory",
                        "a directory of runs",
                        "check the path");
            }
            return directory;
        }

        private static Map<String, Object> row(RunFolder run) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("run", run.path().toString());
            row.put("method", run.method());
            row.put("state", run.state().configName());
            row.put("step", run.metrics().lastStep());
            row.put("stages", run.stages().stream().map(ListAll::stage).toList());
            return row;
        }

        private static Map<String, Object> stage(RunFolder stage) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", String.valueOf(stage.path().getFileName()));
            row.put("state", stage.state().configName());
            row.put("step", stage.metrics().lastStep());
            return row;
        }

        static int print(BaseCommand command, List<RunFolder> runs) {
            if (runs.isEmpty()) {
                command.err().println("no runs here; 'attune train' and 'attune quickstart' write them");
                return 0;
            }
            Table table = Table.of("", "", "", ">");
            for (RunFolder run : runs) {
                table.row(run.path(), run.method(), run.state().configName(), run.progress());
            }
            command.out().print(table);
            return 0;
        }
    }

    /** {@code runs show RUN}. */
    @Command(
            name = "show",
            description = "Show a run: state, metrics at the first and last step, recipe.",
            footer = {"", "Example:", "  attune runs show runs/stories/ppo"})
    static final class Show extends BaseCommand {
        @Parameters(paramLabel = "RUN", description = "Run directory.")
        private Path directory;

        @Option(names = "--json", description = "Print {run, method, state, step, figures, recipe, provenance}.")
        private boolean json;

        @Override
        protected int run() {
            RunFolder run = RunFolder.open(directory);
            MetricsLog metrics = run.metrics();
            if (json) {
                Map<String, Object> all = new LinkedHashMap<>(ListAll.row(run));
                all.put("figures", lastValues(metrics));
                all.put("recipe", run.settings());
                all.put("provenance", run.provenance());
                json(all);
                return 0;
            }
            out().printf(
                            "%s: %s, %s, %s%n%n",
                            run.path(), run.method(), run.state().configName(), run.progress());
            if (!run.stages().isEmpty()) {
                out().println(stages(run.stages()));
            }
            Table figures = Table.of("figure", ">first", ">last");
            metrics.names().forEach(name -> figures.row(name, number(metrics.first(name)), number(metrics.last(name))));
            out().println(figures);
            Table recipe = Table.of("recipe", "");
            run.settings().forEach(recipe::row);
            out().print(recipe);
            return 0;
        }
    }

    /** {@code runs compare RUN RUN ...}. */
    @Command(
            name = "compare",
            description = "Compare runs: recipe keys that differ, and metrics at the last step.",
            footer = {"", "Example:", "  attune runs compare runs/kl-0.05 runs/kl-0"})
    static final class Compare extends BaseCommand {
        @Parameters(arity = "2..*", paramLabel = "RUN", description = "Run directories.")
        private List<Path> directories;

        @Option(names = "--json", description = "Print {runs, differences, figures}.")
        private boolean json;

        @Override
        protected int run() {
            List<RunFolder> runs = directories.stream().map(RunFolder::open).toList();
            RunComparison comparison = RunComparison.of(runs);
            if (json) {
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("runs", directories.stream().map(Path::toString).toList());
                all.put("differences", comparison.differences());
                all.put("figures", comparison.figures());
                json(all);
                return 0;
            }
            Table recipe = titled("recipe", "", runs);
            comparison.differences().forEach((key, values) -> recipe.row(cells(key, values)));
            out().println(recipe);
            Table last = titled("last figure", ">", runs);
            comparison
                    .figures()
                    .forEach((name, values) -> last.row(cells(
                            name,
                            values.stream()
                                    .map(value -> value == null ? "-" : Html.number(value))
                                    .toList())));
            out().print(last);
            return 0;
        }

        private static Table titled(String first, String alignment, List<RunFolder> runs) {
            String[] titles = new String[runs.size() + 1];
            titles[0] = first;
            for (int i = 0; i < runs.size(); i++) {
                titles[i + 1] = alignment + runs.get(i).path();
            }
            return Table.of(titles);
        }

        private static Object[] cells(String first, List<String> rest) {
            Object[] cells = new Object[rest.size() + 1];
            cells[0] = first;
            for (int i = 0; i < rest.size(); i++) {
                cells[i + 1] = rest.get(i);
            }
            return cells;
        }
    }

    private static Table stages(List<RunFolder> stages) {
        Table table = Table.of("stage", "state", ">");
        stages.forEach(
                stage -> table.row(stage.path().getFileName(), stage.state().configName(), stage.progress()));
        return table;
    }

    private static Map<String, Double> lastValues(MetricsLog metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.names().forEach(name -> values.put(name, metrics.last(name).orElse(Double.NaN)));
        return values;
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Html.number(value.getAsDouble()) : "-";
    }
}
