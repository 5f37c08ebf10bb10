package dev.attune.cli.aifeedback;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.feedback.annotation.Annotations;
import dev.attune.feedback.judge.PairReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune annotate}: preferences by a judge instead of people. */
@Command(
        name = "annotate",
        description = {
            "Let a model compare completions under sampled principles of a constitution, in both orders. RECIPE is a YAML file;"
                    + " key=value overrides a setting, and out=DIR is the output directory (default: runs/NAME of the recipe).",
            "Writes preferences.jsonl with soft labels, judgements.jsonl with every verdict, and summary.json.",
            "An interrupted job continues when the same command is given again: nothing is judged twice. It does not start if the"
                    + " judge misses the skill that the recipe asks for."
        },
        footer = {"", "Example:", "  attune annotate annotate.yaml out=runs/annotated limit=100"})
public final class AnnotateCommand extends BaseCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "RECIPE|key=value",
            description = "Recipe, followed by overrides of its settings.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--json", description = "Print the content of summary.json at the end.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    @Override
    protected int run() throws IOException {
        JobArguments job = JobArguments.of("attune annotate", arguments);
        AnnotationRun run = AnnotationRun.open(job);
        engine.apply();
        AnnotationRun.Result result = run.run(err());
        if (json) {
            json(result.summary());
        } else {
            print(job.out(), result.annotations());
        }
        return 0;
    }

    private void print(Path out, Annotations annotations) {
        PairReport all = annotations.report();
        Table table =
                Table.of("principle", ">pairs", ">mean |label - 0.5|", ">first shown wins", ">turned by order, %");
        annotations
                .byPrinciple()
                .forEach((name, of) -> table.row(
                        name,
                        of.items(),
                        number(of.decided(), 1),
                        number(of.pairs().firstShown(), 1),
                        number(of.pairs().inconsistentShare(), 100)));
        out().print(table);
        out().println(annotations.items().size() + " pairs, " + annotations.unscored() + " unscored; "
                + all.inconsistent() + " of " + all.pairs() + " verdicts turned with the order");
        out().println("written to " + out);
    }

    private static String number(OptionalDouble value, double factor) {
        return value.isEmpty() ? "" : Html.number(factor * value.getAsDouble());
    }
}
