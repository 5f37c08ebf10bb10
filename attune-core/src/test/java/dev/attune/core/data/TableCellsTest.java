package dev.attune.core.data;

import static dev.attune.core.data.DatasetFormatsTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.feedback.Preference;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How files write tables and lists: separators, wrappers, encodings, and lists as Python prints them. */
class TableCellsTest {
    private static final ReadOptions DEFAULTS = ReadOptions.defaults();
    private static final Preference PAIR = Preference.of(Prompt.text("p"), "c", "r");

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Dataset read(String name, String text) throws IOException {
        return Dataset.read(file(name, text), DEFAULTS);
    }

    private static String csv(String... cells) {
        return String.join(
                        ",",
                        List.of(cells).stream()
                                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                                .toList())
                + "\n";
    }

    @Test
    void listsAsPythonPrintsThemAreMessages() throws IOException {
        Dataset data = read(
                "a.csv",
                "prompt,chosen,rejected\n"
                        + csv(
                                "[{'role': 'user', 'content': 'It\\'s \"it\"\\n\\u00e9 \\\\'}]",
                                "[{'role': 'assistant', 'content': \"It's\", 'name': None}]",
                                "{'content': 'B', 'role': 'assistant', 'seen': True}")
                        + csv(
                                "[{'content': 'one', 'role': 'user'}\n {'content': 'two', 'role': 'assistant'}\n"
                                        + " {'content': 'three', 'role': 'user'}]",
                                "array([{'content': 'x', 'role': 'assistant'}], dtype=object)",
                                "[{\"role\": \"assistant\", \"content\": \"y\"}]"));
        assertThat(data.report().faults()).containsOnlyKeys(Fault.Kind.WRONG_TYPE);
        assertThat(data.preferences())
                .containsExactly(Preference.of(Prompt.chat(Message.user("It's \"it\"\né \\")), "It's", "B"));
        Dataset conversations = read(
                "b.csv",
                "conversations\n"
                        + csv("[{'from': 'human', 'value': 'Hi'} {'from': 'gpt', 'value': 'Ho', 'weight': 0.5}]"));
        assertThat(conversations.format()).isEqualTo(DataFormat.SHAREGPT);
        assertThat(conversations
                        .rowsOf(Row.MessagesRow.class)
                        .get(0)
                        .messages()
                        .get(1)
                        .fields())
                .containsEntry("weight", 0.5);
    }

    @Test
    void brokenListsOfMessagesAreFaults() throws IOException {
        for (String cell : List.of(
                "[{'role': 'user', 'content': 'cut",
                "[{'role': 'user', 'content': datetime(1)}]",
                "[{'role': 'user' 'content': 'x'}]",
                "[{\"role\": \"user\", \"content\": 'x\"}]")) {
            Inspection inspection = DatasetInspector.inspect(
                    file("a.csv", "prompt,completion\n" + csv(cell, "c") + csv("p", cell)), DEFAULTS, null);
            assertThat(inspection.faults())
                    .as(cell)
                    .extracting(fault -> fault.kind() + " " + fault.key())
                    .containsExactly("WRONG_TYPE prompt", "WRONG_TYPE completion");
        }
        assertThat(read("b.csv", "prompt,completion\n" + csv("[1, 2]", "[{'a': 1}]"))
                        .demonstrations())
                .extracting(sample -> sample.completion())
                .containsExactly("[{'a': 1}]");
    }

    @ParameterizedTest
    @CsvSource({"';',semicolons", "'\t',tabs", "'|',bars"})
    void otherSeparatorsAreFoundAndNamed(String separator, String name) throws IOException {
        Dataset data = read("a.csv", "\ufeffprompt,chosen,rejected\r\np,c,r\r\n".replace(",", separator));
        assertThat(data.preferences()).containsExactly(PAIR);
        assertThat(data.report().notes()).containsExactly("cells separated by " + name);
        assertThat(data.report().summary()).endsWith("1 rows, 1 used, cells separated by " + name);
    }

    @Test
    void separatorsMayBeDeclaredAndCellsHoldOthers() throws IOException {
        assertThat(read("a.csv", "sep=;\nprompt;chosen;rejected\np;c;r\n").preferences())
                .containsExactly(PAIR);
        Dataset tabs = read("a.tsv", "prompt\tcompletion\np, q; z\t\"two\nlines\"\n");
        assertThat(tabs.demonstrations().get(0).prompt()).isEqualTo(Prompt.text("p, q; z"));
        assertThat(tabs.demonstrations().get(0).completion()).isEqualTo("two\nlines");
    }

    @Test
    void columnsWithoutANameAreNumbered() throws IOException {
        Dataset data = read("a.csv", ",prompt,chosen,rejected,,\n0,p,c,r,,\n1,p,c,r,x,\n2,p,c,r,,,,\n");
        assertThat(data.preferences()).containsExactly(PAIR, PAIR, PAIR);
        assertThat(data.report().unusedKeys()).containsEntry("column 1", 3L).containsEntry("column 5", 1L);
    }

    @Test
    void rowsMayBeUnderOneKey() throws IOException {
        String row = json("{'prompt':'p','chosen':'c','rejected':'r'}");
        for (String text : List.of(
                "{\"data\": [" + row + "]}",
                "{\n  \"version\": 1, \"meta\": {\"data\": []},\n  \"rows\": [\n" + row + "\n]\n}",
                "{\"train\": [" + row + "], \"n\": 1}")) {
            Dataset data = read("a.json", text);
            assertThat(data.preferences()).containsExactly(PAIR);
            assertThat(data.report().notes().get(0)).startsWith("rows read from the key '");
        }
        assertThat(read("b.json", row).preferences()).containsExactly(PAIR);
        assertThat(read("c.jsonl", "[\n" + row + ",\n" + row + "\n]").preferences())
                .hasSize(2);
        assertThat(read("d.jsonl", row.replace(",", ",\n").replace("{", "{\n")).preferences())
                .containsExactly(PAIR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prompt':{'0':'p','1':'q'},'completion':{'0':'c','1':'d'}} | orient='columns'",
                "{'0':{'prompt':'p','completion':'c'},'1':{'prompt':'q'}}    | orient='index'",
                "{'columns':['prompt'],'index':[0],'data':[['p']]}           | orient='split'",
                "{'prompt':['p','q'],'completion':['c','d']}                 | a dict of lists"
            })
    void columnsInsteadOfRowsAreRefusedByName(String text, String name) throws IOException {
        Path file = file("a.json", json(text));
        assertThatThrownBy(() -> Dataset.read(file, DEFAULTS))
                .hasMessageContaining("columns instead of rows, as pandas writes them (" + name + ")")
                .hasMessageContaining("orient='records'");
    }

    @Test
    void numbersThatPythonWritesDoNotStopTheReading() throws IOException {
        String row = json("{'prompt':'p','chosen':'c','rejected':'r','score':NaN,'low':-Infinity}");
        for (String name : List.of("a.jsonl", "a.json")) {
            assertThat(read(name, row + "\r\n\n" + row).preferences()).containsExactly(PAIR, PAIR);
        }
        Inspection inspection = DatasetInspector.inspect(
                file("b.jsonl", json("{'prompt':'p','completion':'c','reward':NaN}")), DEFAULTS, null);
        assertThat(inspection.faults().get(0).key()).isEqualTo("reward");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void otherEncodingsAreRefusedByName(String name) throws IOException {
        String text = json("{'prompt':'p','completion':'c'}\n");
        byte[] bytes = (name.equals("UTF-32") ? "\ufeff" + text : text).getBytes(Charset.forName(name));
        for (String file : List.of("a.jsonl", "a.csv", "a.json")) {
            Path path = Files.write(folder.resolve(file), bytes);
            assertThatThrownBy(() -> Dataset.read(path, DEFAULTS)).hasMessageContaining("found text in UTF-");
        }
    }

    @ParameterizedTest
    @CsvSource({"28b52ffd2458,zstd", "425a6839314159,bzip2", "fd377a585a000004,xz", "504b030414,zip"})
    void otherCompressionsAreRefusedByName(String hex, String name) throws IOException {
        Path file =
                Files.write(folder.resolve("a.jsonl"), java.util.HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> Dataset.read(file, DEFAULTS))
                .hasMessageContaining("found " + name + " data")
                .hasMessageContaining("or gzip");
    }

    @Test
    void gzipFilesMayBeConcatenated() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write((json("{'prompt':'p','chosen':'c','rejected':'r'}") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(Dataset.read(Files.write(folder.resolve("a.jsonl.gz"), bytes.toByteArray()), DEFAULTS)
                        .preferences())
                .containsExactly(PAIR, PAIR, PAIR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'prompt':'p',}          | the character } in the wrong place",
                "{'prompt':'p'},          | the character , in the wrong place",
                "{'prompt':oops}          | the word 'oops' without quotes",
                "{'prompt':'p','prompt':'q'} | the key 'prompt' twice",
                "{'prompt':'p' /* c */}   | a comment, which JSON does not have",
                "{'prompt':007}           | a number with leading zeros",
                "{'prompt':'a\\qb'}       | the unknown escape 'q'",
                "{'prompt':'p'            | a value that is not closed"
            })
    void malformedJsonIsDescribedInPlainWords(String line, String found) throws IOException {
        Path file = file("a.jsonl", json("{'prompt':'p'}\n" + line + "\n"));
        Fault fault = DatasetInspector.inspect(file, DEFAULTS, null).faults().get(0);
        assertThat(fault.line()).isEqualTo(2);
        assertThat(fault.found()).startsWith(found).doesNotContain("Feature").doesNotContain("`");
    }
}
