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
import java.util.ArrayList;
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

    @Test
    void anotherJudgePromptNeedsItsPlaces() throws IOException {
        Path data = Files.writeString(
                folder.resolve("pair.jsonl"), "{\"prompt\": \"Who?\", \"chosen\": \"I.\", \"rejected\": \"You.\"}\n");
        String recipe = "constitution: valley\njudge: " + TestModels.base(folder)
                + "\ntemplate: human-assistant\ndata: " + data + "\njudge_prompt: ";
        String[] prompts = {
            "'{question} {answer_a} or {answer_b}? {principle} {instruction}'", "'{question} {answer_a}?'"
        };
        List<CommandLineRun> runs = new ArrayList<>();
        for (int i = 0; i < prompts.length; i++) {
            Path file = Files.writeString(folder.resolve("judge-" + i + ".yaml"), recipe + prompts[i] + "\n");
            runs.add(CommandLineRun.of("annotate", file.toString(), "out=" + folder.resolve("judged-" + i)));
        }

        assertThat(runs.get(0).status()).as(runs.get(0).err()).isZero();
        assertThat(lines(folder.resolve("judged-0/judgements.jsonl"), JudgementLine.class))
                .hasSize(1)
                .allMatch(line -> line.verdict().value() != null);
        assertThat(runs.get(1).status()).isEqualTo(2);
        assertThat(runs.get(1).lastError()).contains("judge template: found no place {");
    }
}
