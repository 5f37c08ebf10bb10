package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The cases of ../shared/cases about conversations: the command there, the right values. */
@Tag("shared")
class ConversationCasesTest {
    private static final Path SHARED = Path.of(System.getProperty("attune.shared"));
    private static final Path CASES = SHARED.resolve("cases");
    private static final String STORIES = SHARED.resolve("models/stories260K").toString();

    @TempDir
    private Path folder;

    private static String file(String path) {
        return CASES.resolve(path).toString();
    }

    @Test
    void aChatRewardModelScoresTheWholeTurn() {
        String folder = "F14-score-of-a-chat-reward-model/";
        CommandLineRun run =
                CommandLineRun.of("score", file(folder + "rm_imend"), file(folder + "rmdata.jsonl"), "--json");
        assertThat(run.status()).as(run.err()).isZero();
        double[][] expected = {{1.30167, 1.24080}, {0.48517, 1.83307}};
        JsonNode rows = Json.tree(run.out()).get("rows");
        for (int i = 0; i < 2; i++) {
            assertThat(rows.get(i).get("chosen").asDouble()).isCloseTo(expected[i][0], within(1e-4));
            assertThat(rows.get(i).get("rejected").asDouble()).isCloseTo(expected[i][1], within(1e-4));
        }
    }

    private CommandLineRun trainReward(String... changes) {
        String[] arguments = new String[changes.length + 6];
        String cases = "F13-cut-at-max-length/";
        System.arraycopy(
                new String[] {
                    "train",
                    file(cases + "rw.yaml"),
                    "model=" + STORIES,
                    "data.path=" + file(cases + "trunc.jsonl"),
                    "data.max_length=64",
                    "out=" + folder.resolve("r")
                },
                0,
                arguments,
                0,
                6);
        System.arraycopy(changes, 0, arguments, 6, changes.length);
        return CommandLineRun.of(arguments);
    }

    @Test
    void longRowsAreCountedAndDroppedOrCut() {
        CommandLineRun dropped = trainReward();
        assertThat(dropped.status()).isEqualTo(2);
        assertThat(dropped.lastError()).contains("no row that is short enough for data.max_length", "data.overlong");

        CommandLineRun equal = trainReward("data.overlong=keep_start");
        assertThat(equal.status()).as("all pairs are equal after the cut").isEqualTo(2);
        assertThat(equal.lastError()).contains("the same after the cut at data.max_length 64");

        CommandLineRun cut = trainReward("data.overlong=keep_end", "steps=1");
        assertThat(cut.status()).as(cut.err()).isZero();
        assertThat(cut.err()).contains("12 of 12 rows are longer than data.max_length 64: their start is cut off");
    }

    @Test
    void rowsThatTheTemplateRefusesAreFaultsByLine() {
        String cases = "F17-template-refuses-a-row/";
        String[] train = {
            "train",
            file(cases + "sft.yaml"),
            "model=" + STORIES,
            "data.path=" + file(cases + "sysrow.jsonl"),
            "template=" + file(cases + "gem.jinja"),
            "steps=1",
            "out=" + folder.resolve("s")
        };
        CommandLineRun run = CommandLineRun.of(train);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("2 refused_by_template");

        train[6] = "out=" + folder.resolve("t");
        String[] strict = java.util.Arrays.copyOf(train, 8);
        strict[7] = "data.on_fault=fail";
        CommandLineRun failed = CommandLineRun.of(strict);
        assertThat(failed.status()).isEqualTo(2);
        assertThat(failed.lastError()).contains("sysrow.jsonl:14: ", "No system turn in this model");

        CommandLineRun inspected = CommandLineRun.of(
                "data",
                "inspect",
                file(cases + "sysrow.jsonl"),
                "--tokenizer",
                STORIES,
                "--template",
                file(cases + "gem.jinja"));
        assertThat(inspected.status()).isZero();
        assertThat(inspected.out())
                .contains("2 refused_by_template", "sysrow.jsonl:14: ", "sysrow.jsonl:16: ", "Turns must alternate");
    }
}
