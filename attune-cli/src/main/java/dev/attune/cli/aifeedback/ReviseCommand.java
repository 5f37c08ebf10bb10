package dev.attune.cli.aifeedback;

import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.core.json.Json;
import dev.attune.feedback.revision.RevisionFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune revise}: the supervised stage of Constitutional AI. */
@Command(
        name = "revise",
        description = {
            "Answer prompts, and let a model criticise and revise the answers by a constitution. RECIPE is a YAML file; key=value"
                    + " overrides a setting, and out=DIR is the output directory (default: runs/NAME of the recipe).",
            "Writes drafts.jsonl with every draft, sft.jsonl with the revisions and the helpful demonstrations of the recipe,"
                    + " pairs.jsonl that prefers revisions to first answers, and summary.json.",
            "An interrupted job continues when the same command is given again. The job stops if the critic misses the skill that"
                    + " the recipe asks for, or if the revisions break a gate."
        },
        footer = {"", "Example:", "  attune revise revise.yaml out=runs/revised limit=100"})
public final class ReviseCommand extends JobCommand {
    @Option(names = "--json", description = "Print {out, figures} at the end.")
    private boolean json;

    @Override
    void run(JobArguments job) throws IOException {
        RevisionRun run = RevisionRun.open(job);
        startEngine();
        RevisionFigures figures = run.run(err());
        print(job.out(), figures);
    }

    private void print(Path out, RevisionFigures figures) {
        if (json) {
            json(Map.of("out", out.toString(), "figures", Json.map(figures)));
            return;
        }
        Table table = Table.of("", ">");
        table.row("answers", figures.answers());
        table.row("first critiques without a fault, %", Html.number(100 * figures.noFault()));
        table.row("revisions", figures.revisions());
        table.row("  unchanged, %", Html.number(100 * figures.unchanged()));
        table.row("  leaked request or template, %", Html.number(100 * figures.leaked()));
        table.row("  cut off, %", Html.number(100 * figures.cutOff()));
        table.row("usable ones that refuse, %", Html.number(100 * figures.refused()));
        table.row("usable ones with the commonest phrase, %", Html.number(100 * figures.boilerplate()));
        table.row("usable ones that are distinct, %", Html.number(100 * figures.distinct()));
        out().print(table);
        out().println("written to " + out);
    }
}
