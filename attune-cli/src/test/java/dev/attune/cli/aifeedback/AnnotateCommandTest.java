package dev.attune.cli.aifeedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.CommandLineRun;
import dev.attune.cli.TestModels;
import dev.attune.core.json.Json;
import dev.attune.core.json.JsonLines;
import dev.attune.feedback.annotation.AnnotationSummary;
import dev.attune.feedback.annotation.PairLine;
import dev.attune.feedback.judge.JudgementLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code attune annotate}, as the studio reads them. */
class AnnotateCommandTest {
    @TempDir
    Path folder;

    private static <T> List<T> lines(Path file, Class<T> type) throws IOException {
        return JsonLines.read(file, type, "a line", "repair it");
    }

    @Test
    void itemsHoldThePairsOfTheJudgements() throws IOException {
        Path data = Files.writeString(
                folder.resolve("pairs.jsonl"),
                "{\"prompt\": \"Who bakes?\", \"chosen\": \"The baker.\", \"rejected\": \"Nobody.\"}\n"
                        + "{\"prompt\": \"Who mills?\", \"chosen\": \"The miller.\", \"rejected\": \"Nobody.\"}\n");
        Path recipe = Files.writeString(
                folder.resolve("annotate.yaml"),
                "constitution: general\njudge: " + TestModels.base(folder) + "\ntemplate: human-assistant\ndata: "
                        + data + "\ntags: [harmless]\n");
        Path out = folder.resolve("annotated");
        CommandLineRun run = CommandLineRun.of("annotate", recipe.toString(), "out=" + out);
        assertThat(run.status()).as(run.err()).isZero();

        List<PairLine> pairs = lines(out.resolve("items.jsonl"), PairLine.class);
        assertThat(pairs).extracting(PairLine::answers).contains(List.of("The baker.", "Nobody."));
        assertThat(lines(out.resolve("judgements.jsonl"), JudgementLine.class))
                .extracting(JudgementLine::item)
                .containsExactlyInAnyOrderElementsOf(
                        pairs.stream().map(PairLine::id).toList());
        AnnotationSummary summary = Json.read(out.resolve("summary.json"), AnnotationSummary.class);
        assertThat(summary.principles().keySet())
                .containsAll(pairs.stream().map(PairLine::principle).toList());
    }
}
