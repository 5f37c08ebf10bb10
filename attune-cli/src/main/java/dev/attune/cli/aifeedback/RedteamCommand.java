package dev.attune.cli.aifeedback;

import dev.attune.cli.terminal.Table;
import dev.attune.core.json.Json;
import dev.attune.core.stats.rates.AttackSuccess;
import dev.attune.feedback.rating.JudgeCheck;
import dev.attune.feedback.rating.JudgeFacts;
import dev.attune.feedback.redteam.RedteamSummary;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune redteam}: attacks a model and counts how often it answers with harm. */
@Command(
        name = "redteam",
        description = {
            "Attack a model with harmful requests in many disguises, and judge its answers. RECIPE is a YAML file; key=value"
                    + " overrides a setting, and out=DIR is the output directory (default: runs/NAME of the recipe).",
            "Writes attempts.jsonl with every answer and verdict, findings.jsonl with the distinct attacks that succeeded,"
                    + " prompts.jsonl for the next round of training, summary.json and report.html.",
            "An interrupted campaign continues when the same command is given again: no attempt is made twice. The keys"
                    + " ratings, sample_for_rating and near_duplicate may change: they read the same attempts anew."
        },
        footer = {"", "Example:", "  attune redteam redteam.yaml out=runs/attacked limit=12"})
public final class RedteamCommand extends JobCommand {
    @Option(names = "--json", description = "Print the content of summary.json at the end.")
    private boolean json;

    @Override
    void run(JobArguments job) throws IOException {
        RedteamRun run = RedteamRun.open(job);
        startEngine();
        RedteamSummary summary = run.run(err());
        if (json) {
            json(Json.map(summary));
        } else {
            print(job.out(), summary);
        }
    }

    private void print(Path out, RedteamSummary summary) {
        Table table = Table.of("family", ">scored", ">unscored", ">success per try", ">k", ">any of k, by seed");
        summary.figures().byFamily().forEach((family, success) -> add(table, family, success));
        add(table, "all", summary.figures().success());
        out().print(table);
        AttackSuccess held = summary.heldOut();
        if (held != null) {
            out().println("held-out families: " + held.describe());
        }
        out().println("no answer: " + RedteamSummary.described(summary.figures().noAnswer()) + "; last answer refuses: "
                + RedteamSummary.described(summary.figures().refused()));
        if (summary.attacker() != null) {
            out().println("the attacker's texts: " + summary.written());
        }
        JudgeCheck corrected = summary.corrected();
        if (corrected != null) {
            print(corrected);
        }
        out().println(summary.findings() + " distinct attacks succeeded");
        out().println("written to " + out);
    }

    private void print(JudgeCheck corrected) {
        Table table = Table.of("", "");
        JudgeFacts.of(corrected, "success per try, corrected").forEach(table::row);
        out().print(table);
    }

    private static void add(Table table, String name, AttackSuccess success) {
        table.row(
                name,
                success.tries().scored(),
                success.tries().unscoredCount(),
                RedteamSummary.described(success.perTry()),
                success.k(),
                RedteamSummary.described(success.anyOfK()));
    }
}
