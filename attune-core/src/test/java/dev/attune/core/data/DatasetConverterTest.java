package dev.attune.core.data;

import static dev.attune.core.data.DatasetFormatsTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ties;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.DataSource;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetConverterTest {
    private static final ReadOptions DEFAULTS = ReadOptions.defaults();
    private static final String PAIRS = json("{'prompt':'2026-01-01','chosen':'a, \\'b\\'\\nc','rejected':' 12 '}\n"
                    + "{'prompt':[{'role':'user','content':'hi'}],'chosen':'c','rejected':'ü','margin':0.5}\n")
            .replace("\\\"b\\\"", "\\\"b\\\"");
    private static final String RANKINGS = json("{'id':'r1','prompt':'p','completions':[{'text':'a','model':'m'},"
            + "{'text':'b','model':null},{'text':'c','model':null}],'criterion':'helpful','order':[[2],[0,1]],"
            + "'unranked':[],'labeler':'ann','guideline':null,'time':null}\n");

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.jsonl", "b.jsonl.gz", "b.json", "b.csv", "b.csv.gz", "b.parquet", "b.parquet.gz"})
    void keepsPairsThroughEveryContainer(String name) throws IOException {
        Path from = file("a.jsonl", PAIRS);
        List<Preference> expected = Dataset.read(from, DEFAULTS).preferences();
        assertThat(expected).hasSize(2);
        Path to = folder.resolve(name);
        DatasetConverter.Conversion conversion = DatasetConverter.convert(from, DEFAULTS, to, DataFormat.PREFERENCES);
        assertThat(conversion.written()).isEqualTo(2);
        Dataset back = Dataset.read(to, DEFAULTS);
        assertThat(back.preferences()).isEqualTo(expected);
        assertThat(back.report().gzip()).isEqualTo(name.endsWith(".gz"));
        assertThat(name).contains(back.report().container().configName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.jsonl", "b.json", "b.csv", "b.parquet"})
    void keepsRankingsAndConversationsThroughEveryContainer(String name) throws IOException {
        Path rankings = file(
                "a.jsonl",
                RANKINGS
                        + RANKINGS.replace("[[2],[0,1]]", "[[0]]")
                                .replace("'unranked':[]", "")
                                .replace("\"unranked\":[]", "\"unranked\":[1,2]"));
        Path to = folder.resolve(name);
        DatasetConverter.convert(rankings, DEFAULTS, to, DataFormat.RANKINGS);
        assertThat(Dataset.read(to, DEFAULTS).rankings())
                .isEqualTo(Dataset.read(rankings, DEFAULTS).rankings())
                .hasSize(2);

        Path chats = file(
                "c.jsonl",
                json("{'messages':[{'role':'system','content':'s'},{'role':'user','content':'u'},"
                        + "{'role':'assistant','content':'a'}]}\n"));
        for (DataFormat format : List.of(DataFormat.MESSAGES, DataFormat.SHAREGPT)) {
            DatasetConverter.convert(chats, DEFAULTS, to, format);
            Dataset back = Dataset.read(to, DEFAULTS);
            assertThat(back.format()).isEqualTo(format);
            assertThat(back.rowsOf(Row.MessagesRow.class).get(0).messages())
                    .containsExactly(new Message("system", "s"), Message.user("u"), Message.assistant("a"));
        }
    }

    @Test
    void convertsPairsToTheOtherFormats() throws IOException {
        Path from = file("a.jsonl", json("{'prompt':'p','chosen':'c','rejected':'r'}\n"));
        Path to = folder.resolve("b.jsonl");

        DatasetConverter.convert(from, DEFAULTS, to, DataFormat.DIALOGUES);
        assertThat(Files.readString(to))
                .isEqualTo(json("{'chosen':'\\n\\nHuman: p\\n\\nAssistant: c',"
                        + "'rejected':'\\n\\nHuman: p\\n\\nAssistant: r'}\n"));
        assertThat(Dataset.read(to, DEFAULTS).preferences())
                .containsExactly(Preference.of(Prompt.chat(Message.user("p")), "c", "r"));

        DatasetConverter.convert(from, DEFAULTS, to, DataFormat.PROMPT_COMPLETION);
        assertThat(Dataset.read(to, DEFAULTS).demonstrations())
                .containsExactly(new PromptCompletion(Prompt.text("p"), "c"));

        DatasetConverter.convert(from, DEFAULTS, to, DataFormat.MESSAGES);
        assertThat(Files.readString(to))
                .isEqualTo(json("{'messages':[{'role':'user','content':'p'},{'role':'assistant','content':'c'}]}\n"));

        DatasetConverter.convert(from, DEFAULTS, to, DataFormat.LABELS);
        assertThat(Files.readString(to))
                .isEqualTo(json("{'prompt':'p','completion':'c','reward':1.0}\n"
                        + "{'prompt':'p','completion':'r','reward':0.0}\n"));

        DatasetConverter.convert(from, DEFAULTS, to, DataFormat.RANKINGS);
        assertThat(Dataset.read(to, DEFAULTS).rankings().get(0).order()).containsExactly(List.of(0), List.of(1));

        DatasetConverter.convert(from, DEFAULTS, to, DataFormat.PROMPTS);
        assertThat(Files.readString(to)).isEqualTo(json("{'prompt':'p'}\n"));
    }

    @Test
    void refusesWhatNeedsAChoice() throws IOException {
        Path from = file("a.jsonl", RANKINGS);
        Path to = folder.resolve("b.jsonl");
        assertThatThrownBy(() -> DatasetConverter.convert(from, DEFAULTS, to, DataFormat.PREFERENCES))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(from + ":1: found a row of the kind ranking");
        assertThat(to).doesNotExist();
        assertThatThrownBy(() -> DatasetConverter.convert(from, DEFAULTS, folder.resolve("b.xml"), DataFormat.RANKINGS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(".jsonl, .json, .csv or .parquet");
    }

    @Test
    void makesPairsOfRankingsAndRecordsTheChoice() throws IOException {
        Path from = file("rankings.jsonl", RANKINGS);
        Path to = folder.resolve("pairs.jsonl");
        PairOptions choice = PairOptions.defaults().withTies(Ties.HALF);
        assertThat(DatasetConverter.pairs(from, DEFAULTS, to, choice).written()).isEqualTo(3);
        List<Preference> pairs = Dataset.read(to, DEFAULTS).preferences();
        assertThat(pairs)
                .extracting(pair -> pair.chosen() + ">" + pair.rejected() + " " + pair.probability())
                .containsExactly("c>a 1.0", "c>b 1.0", "a>b 0.5");
        assertThat(pairs).extracting(Preference::weight).containsOnly(1.0 / 3);
        assertThat(pairs.get(0).origin().rankings()).containsExactly("r1");

        DataSource record = Json.read(folder.resolve("pairs.jsonl.provenance.json"), DataSource.class);
        assertThat(record.sha256()).isEqualTo(Hashing.sha256(to));
        assertThat(record.derivation()).containsEntry("pairs", "all").containsEntry("ties", "half");
        assertThat(record.sources()).extracting(DataSource::sha256).containsExactly(Hashing.sha256(from));
    }

    @Test
    void makesLabelsOfRankings() throws IOException {
        Path from = file("rankings.jsonl", RANKINGS);
        Path to = folder.resolve("labels.jsonl");
        assertThat(DatasetConverter.labels(from, DEFAULTS, to).written()).isEqualTo(3);
        assertThat(Files.readAllLines(to))
                .containsExactly(
                        json("{'prompt':'p','completion':'c','reward':1.0}"),
                        json("{'prompt':'p','completion':'a','reward':0.0}"),
                        json("{'prompt':'p','completion':'b','reward':0.0}"));
        Path pairs = file("pairs.jsonl", PAIRS);
        assertThatThrownBy(() -> DatasetConverter.labels(pairs, DEFAULTS, to))
                .hasMessageContaining("found the format prompt/chosen/rejected, expected rankings");
    }

    @Test
    void inspectsLengthsAndRepeats() throws IOException {
        String line = json("{'prompt':'four','completion':'seven!!'}\n");
        Path file = file(
                "a.jsonl", line + line + json("{'prompt':'four','completion':'x'}\n") + json("{'prompt':'sixsix'}\n"));
        TokenCounts counts = new TokenCounts(prompt -> 2, completion -> completion.length() * 2);
        Inspection inspection = DatasetInspector.inspect(file, DEFAULTS, counts);
        assertThat(inspection.rows()).isEqualTo(4);
        assertThat(inspection.used()).isEqualTo(3);
        assertThat(inspection.duplicates()).isEqualTo(1);
        assertThat(inspection.distinctPrompts()).isEqualTo(1);
        assertThat(inspection.promptCharacters().mean()).isEqualTo(4);
        assertThat(inspection.completionCharacters().max()).isEqualTo(7);
        assertThat(inspection.completionCharacters().mean()).isEqualTo(5);
        assertThat(inspection.completionTokens().max()).isEqualTo(14);
        assertThat(inspection.faultCounts()).containsExactlyEntriesOf(java.util.Map.of(Fault.Kind.MISSING_KEY, 1L));
        assertThat(Json.line(inspection))
                .contains(
                        "\"format\":\"prompt/completion\",\"container\":\"jsonl\",\"gzip\":false,\"rows\":4,\"used\":3,"
                                + "\"unreadable\":0,\"fault_counts\":{\"missing_key\":1},\"faults\":[{\"kind\":\"missing_key\","
                                + "\"file\":",
                        "\"line\":4,\"key\":\"completion\"");
        assertThat(inspection.describe(10))
                .contains("format       prompt/completion, jsonl", "faults       1 missing_key")
                .anyMatch(text -> text.contains(":4, key 'completion': found only the keys prompt"));
    }
}
