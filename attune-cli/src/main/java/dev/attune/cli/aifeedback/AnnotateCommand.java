package dev.attune.cli.aifeedback;

import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.core.json.Json;
import dev.attune.feedback.annotation.Annotations;
import dev.attune.feedback.judge.PairReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
public final class AnnotateCommand extends JobCommand {
    @Option(names = "--json", description = "Print the content of summary.json at the end.")
    private boolean json;

    @Override
    void run(JobArguments job) throws IOException {
        AnnotationRun run = AnnotationRun.open(job);
        startEngine();
        AnnotationRun.Result result = run.run(err());
        if (json) {
            json(Json.map(result.summary()));
        } else {
            print(job.out(), result.annotations());
        }
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
