package dev.attune.core.data;

import static dev.attune.core.data.DatasetFormatsTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Preference;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of faults of a line, and their handling. */
class DatasetFaultsTest {
    private static final String GOOD = json("{'prompt':'p','chosen':'c','rejected':'r'}");

    @TempDir
    Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private Inspection inspect(Path file) {
        return DatasetInspector.inspect(file, ReadOptions.defaults(), null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'prompt':'p','chosen':'c'}                                  | MISSING_KEY      | rejected",
                "{'prompt':'p','chosen':'c','rejected':null}                  | MISSING_KEY      | rejected",
                "{'prompt':'p','chosen':'c','rejected':3}                     | WRONG_TYPE       | rejected",
                "{'prompt':'p','chosen':'c','rejected':'r','weight':0}        | WRONG_TYPE       | weight",
                "{'prompt':'p','chosen':'c','rejected':'r','probability':0.2} | WRONG_TYPE       | probability",
                "{'prompt':'p','chosen':'c','rejected':'r','margin':'much'}   | WRONG_TYPE       | margin",
                "{'prompt':'p','chosen':'\\ud800','rejected':'r'}             | INVALID_TEXT     | chosen",
                "{'prompt':' ','chosen':'c','rejected':'r'}                   | EMPTY_PROMPT     | ~~",
                "{'prompt':'p','chosen':'','rejected':'r'}                    | EMPTY_COMPLETION | chosen",
                "{'prompt':'p','chosen':'c','rejected':' '}                   | EMPTY_COMPLETION | rejected",
                "{'prompt':'p','chosen':'c','rejected':'c'}                   | IDENTICAL        | ~~",
                "{'prompt':'p','chosen':'c','rejected':'r','rejected':'s'}    | UNREADABLE       | ~~",
                "{'prompt':'p','chosen':'c','rejected':'r'                    | UNREADABLE       | ~~",
                "{'prompt':'p','chosen':'c','rejected':'r'} x                 | UNREADABLE       | ~~",
                "['prompt']                                                   | UNREADABLE       | ~~",
                "nonsense                                                     | UNREADABLE       | ~~"
            })
    void tellsEachFaultByLineAndKey(String line, Fault.Kind kind, String key) throws IOException {
        Inspection inspection = inspect(file("a.jsonl", GOOD, json(line), GOOD));
        assertThat(inspection.rows()).isEqualTo(3);
        assertThat(inspection.used()).isEqualTo(2);
        assertThat(inspection.faults()).hasSize(1);
        Fault fault = inspection.faults().get(0);
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.line()).isEqualTo(2);
        assertThat(fault.key()).isEqualTo(key == null ? "" : key);
        assertThat(inspection.faultCounts()).containsOnlyKeys(kind);
        assertThat(inspection.failure().isPresent()).isEqualTo(kind == Fault.Kind.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages':[{'role':'user','content':'u'}]}                                   | NO_ANSWER",
                "{'messages':[]}                                                                | NO_ANSWER",
                "{'messages':[{'role':'king','content':'u'}]}                                   | UNKNOWN_ROLE",
                "{'messages':[{'role':'user'}]}                                                 | MISSING_KEY",
                "{'messages':'text'}                                                            | WRONG_TYPE",
                "{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':''}]} | EMPTY_COMPLETION"
            })
    void tellsWhatIsWrongWithConversations(String line, Fault.Kind kind) throws IOException {
        Path file = file("a.jsonl", json(line));
        Dataset ignored = Dataset.read(
                file(
                        "b.jsonl",
                        json("{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'a'}]}"),
                        json(line)),
                ReadOptions.defaults());
        assertThat(ignored.report().count(kind)).isEqualTo(1);
        assertThatThrownBy(() -> Dataset.read(file, ReadOptions.defaults().withFormat(DataFormat.MESSAGES)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("and no row of 1 can be used");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[0],[1],[2]] | the index 2 of 2 completions",
                "[[0],[0]]     | the index 0 twice",
                "[[0],[]]      | an empty group",
                "[]            | an empty order"
            })
    void tellsWhatIsWrongWithRankings(String order, String found) throws IOException {
        Path file = file(
                "a.jsonl",
                json("{'prompt':'p','completions':['a','b'],'order':[[0],[1]]}"),
                json("{'prompt':'p','completions':['a','b'],'order':" + order + "}"));
        Fault fault = inspect(file).faults().get(0);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_RANKING);
        assertThat(fault.found()).isEqualTo(found);
        assertThat(fault.line()).isEqualTo(2);
    }

    @Test
    void failsAtTheFirstFaultOnRequest() throws IOException {
        Path file = file("a.jsonl", GOOD, GOOD.replace("\"r\"", "\"c\""));
        assertThatThrownBy(() -> Dataset.read(file, ReadOptions.defaults().withOnFault(OnFault.FAIL)))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        file + ":2: found chosen and rejected that are the same, expected two different completions;"
                                + " repair the row, or set on_fault to drop");
    }

    @Test
    void failsAtAnUnreadableLineWhateverTheHandling() throws IOException {
        Path file = file("a.jsonl", GOOD, "{\"prompt\": oops}");
        for (OnFault handling : OnFault.values()) {
            assertThatThrownBy(() -> Dataset.read(file, ReadOptions.defaults().withOnFault(handling)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(file + ":2: found ")
                    .hasMessageEndingWith("expected a JSON object on one line; repair the line");
        }
    }

    @Test
    void keepsWhatOfPartingDialoguesIsCommon() throws IOException {
        Path file = file(
                "a.jsonl",
                json("{'chosen':'\\n\\nHuman: a\\n\\nAssistant: b\\n\\nHuman: c\\n\\nAssistant: d',"
                        + "'rejected':'\\n\\nHuman: a\\n\\nAssistant: x'}"));
        Dataset kept = Dataset.read(file, ReadOptions.defaults().withOnFault(OnFault.KEEP));
        assertThat(kept.report().count(Fault.Kind.DIALOGUES_PART)).isEqualTo(1);
        assertThat(kept.preferences())
                .containsExactly(Preference.of(Prompt.chat(Message.user("a")), "b\n\nHuman: c\n\nAssistant: d", "x"));
        assertThat(kept.report().examples().get(0).message())
                .isEqualTo(file + ":1: found dialogues of 4 and 2 turns that diverge at turn 2, expected dialogues that"
                        + " differ in the last turn only");
    }

    @Test
    void readsAroundALineThatIsNotUtf8() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(new byte[] {'{', '"', (byte) 0xc3, '(', '\n'});
        bytes.writeBytes((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("a.jsonl"), bytes.toByteArray());
        Inspection inspection = inspect(file);
        assertThat(inspection.used()).isEqualTo(2);
        assertThat(inspection.faults())
                .extracting(Fault::message)
                .containsExactly(file + ":2: found bytes that are not UTF-8, expected a JSON object on one line");
        assertThat(inspection.failure().orElseThrow()).hasMessageStartingWith(file + ":2: found bytes");
    }

    @Test
    void reportsCompressionThatBreaksOff() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 5000; i++) {
                out.write((GOOD.replace("\"c\"", "\"c" + i * 7919 % 10007 + "\"") + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        Path file = Files.write(folder.resolve("a.jsonl.gz"), half);
        Inspection inspection = inspect(file);
        assertThat(inspection.unreadable()).isEqualTo(1);
        assertThat(inspection.used()).isBetween(1L, 4999L);
        assertThat(inspection.failure().orElseThrow()).hasMessageContaining("truncated data");
    }

    @Test
    void reportsWhereJsonBreaks() throws IOException {
        Path file = file("a.json", "[" + GOOD + ",", GOOD + ",", "{\"prompt\": }]");
        Inspection inspection = inspect(file);
        assertThat(inspection.used()).isEqualTo(2);
        assertThat(inspection.faults().get(0).kind()).isEqualTo(Fault.Kind.UNREADABLE);
        assertThat(inspection.faults().get(0).line()).isEqualTo(3);
    }

    @Test
    void reportsCsvThatDoesNotFitItsHeader() throws IOException {
        Path file = file("a.csv", "prompt,completion", "p,c", "p,c,d", "\"two", "lines\",c", "p,\"open", "p,c");
        Inspection inspection = inspect(file);
        assertThat(inspection.used()).isEqualTo(2);
        assertThat(inspection.faults()).extracting(Fault::line).containsExactly(3L, 6L);
        assertThat(inspection.faults())
                .extracting(Fault::found)
                .containsExactly("3 cells", "a quote that is never closed");
        assertThatThrownBy(() -> inspect(file("b.csv", "prompt,prompt", "p,c"))).hasMessageContaining("twice");
    }

    @Test
    void namesAFolderAndFalseParquet() throws IOException {
        assertThatThrownBy(() -> inspect(folder)).hasMessageContaining("found a folder");
        assertThatThrownBy(() -> inspect(file("a.parquet", "text"))).hasMessageContaining("no Parquet data");
        assertThatThrownBy(() -> inspect(file("b.parquet", "PAR1 and no more")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("expected a Parquet file");
    }

    @Test
    void parsesTheHandling() {
        assertThat(OnFault.parse("Keep")).isEqualTo(OnFault.KEEP);
        assertThatThrownBy(() -> OnFault.parse("ignore")).hasMessageContaining("drop, keep or fail");
        assertThat(List.of(OnFault.values())).extracting(OnFault::toString).containsExactly("drop", "keep", "fail");
    }
}
