package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DataCommandTest {
    private static final String RANKING = "{\"id\": \"r\", \"prompt\": \"p\", \"completions\": [{\"text\": \"a\"},"
            + " {\"text\": \"b\"}, {\"text\": \"c\"}], \"criterion\": \"helpful\", \"order\": [[2], [0, 1]]}\n";

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void inspectCountsFaultsAndExitsWith2OnALineThatCannotBeRead() throws IOException {
        String data = file(
                "d.jsonl",
                "{\"prompt\": \"a\", \"completion\": \"bc\"}\n{\"prompt\": \"a\"\n{\"prompt\": \"a\", \"completion\": \" \"}\n");
        CommandLineRun run = CommandLineRun.of("data", "inspect", data);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out())
                .contains("format       prompt/completion, jsonl\nrows         3, 1 without a fault\n")
                .contains("faults       1 unreadable, 1 empty_completion\n  " + data + ":2: found ");
        assertThat(run.lastError()).startsWith("attune: " + data + ":2: found ");
        JsonNode json =
                Json.tree(CommandLineRun.of("data", "inspect", data, "--json").out());
        assertThat(json.get("rows").asInt()).isEqualTo(3);
        assertThat(json.get("fault_counts").toString()).isEqualTo("{\"unreadable\":1,\"empty_completion\":1}");
    }

    @Test
    void convertRewritesRowsAndSaysHowMany() throws IOException {
        String data = file("d.csv", "prompt,chosen,rejected\np,yes,no\np,same,same\n");
        Path out = folder.resolve("d.jsonl");
        CommandLineRun run = CommandLineRun.of("data", "convert", data, out.toString());
        assertThat(run.out()).isEqualTo(out + ": 1 rows\n");
        assertThat(run.err()).isEqualTo(data + ": prompt/chosen/rejected, 2 rows, 1 used, 1 identical\n");
        assertThat(out).hasContent("{\"prompt\":\"p\",\"chosen\":\"yes\",\"rejected\":\"no\"}");
        CommandLineRun json = CommandLineRun.of("data", "convert", data, out.toString(), "--to", "prompts", "--json");
        assertThat(json.out())
                .isEqualTo("{\"out\":\"" + out + "\",\"rows\":2,\"used\":1,\"written\":1,\"unused_keys\":{}}\n");
        assertThat(out).hasContent("{\"prompt\":\"p\"}");
    }

    @Test
    void pairsAndLabelsComeFromRankings() throws IOException {
        String rankings = file("r.jsonl", RANKING);
        Path out = folder.resolve("out.jsonl");
        CommandLineRun pairs =
                CommandLineRun.of("data", "pairs", rankings, out.toString(), "--ties", "half", "--weights", "pair");
        assertThat(pairs.out()).isEqualTo(out + ": 3 rows\n");
        assertThat(Files.readAllLines(out))
                .extracting(line -> Json.tree(line).get("chosen").asString() + ">"
                        + Json.tree(line).get("rejected").asString())
                .containsExactly("c>a", "c>b", "a>b");
        CommandLineRun.of("data", "pairs", rankings, out.toString(), "--as", "labels");
        assertThat(Files.readAllLines(out))
                .extracting(line -> Json.tree(line).get("reward").asInt())
                .containsExactlyInAnyOrder(1, 0, 0);
    }

    @Test
    void wrongInputIsNamedAndNothingIsWritten() throws IOException {
        String rankings = file("r.jsonl", RANKING);
        String pairs = file("p.csv", "prompt,chosen,rejected\np,yes,no\n");
        Path out = folder.resolve("out.jsonl");
        assertWrong(
                out,
                "votes: found 'loud', expected separate, majority or soft",
                "pairs",
                rankings,
                out,
                "--votes",
                "loud");
        assertWrong(out, "--as: found 'x', expected pairs or labels", "pairs", rankings, out, "--as", "x");
        assertWrong(out, "found the format prompt/chosen/rejected, expected rankings", "pairs", pairs, out);
        assertWrong(out, "none.csv: found no such file", "convert", folder.resolve("none.csv"), out);
        assertWrong(out, folder + ": found a folder, expected a file", "convert", folder, out);
        assertWrong(out, "found a name without a known extension", "convert", pairs, folder.resolve("out.txt"));
    }

    private static void assertWrong(Path out, String message, Object... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "data";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("attune: ").contains(message).hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsOneLineWithThePlaceAndLeavesTheOldFile() throws IOException {
        String data = file("d.csv", "prompt,chosen,rejected\np,yes,no\n");
        String out = file("d.jsonl", "old");
        Files.createSymbolicLink(folder.resolve("d.jsonl.tmp"), Path.of("/dev/full"));
        CommandLineRun run = CommandLineRun.of("data", "convert", data, out);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("attune: " + out + ": could not be written: No space left on device; free some space")
                .hasLineCount(1);
        assertThat(Path.of(out)).hasContent("old");
    }
}
