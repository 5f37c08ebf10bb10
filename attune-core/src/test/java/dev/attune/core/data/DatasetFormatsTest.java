package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parsing and detection of each format. */
class DatasetFormatsTest {
    private static final Prompt HI = Prompt.chat(Message.user("hi"));

    @TempDir
    Path folder;

    private Dataset read(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, String.join("\n", lines) + "\n");
        return Dataset.read(file, ReadOptions.defaults());
    }

    @Test
    void readsPrompts() throws IOException {
        Dataset data = read(
                "a.jsonl",
                "{'prompt':'one'}".replace('\'', '"'),
                "",
                json("{'prompt':[{'role':'user','content':'hi'}]}"));
        assertThat(data.format()).isEqualTo(DataFormat.PROMPTS);
        assertThat(List.<Row>copyOf(data.rows()))
                .containsExactly(new Row.PromptRow(1, Prompt.text("one")), new Row.PromptRow(3, HI));
        assertThat(data.report().rows()).isEqualTo(2);
    }

    @Test
    void readsPromptsAndCompletionsUnderTheirManyNames() throws IOException {
        Dataset data = read(
                "a.jsonl",
                json("{'prompt':'p','completion':'c'}"),
                json("{'question':'p','answer':'c'}"),
                json("{'instruction':'do','input':'this','output':'done'}"),
                json("{'prompt':[{'role':'user','content':'hi'}],'completion':[{'role':'assistant','content':'c'}]}"));
        assertThat(data.format()).isEqualTo(DataFormat.PROMPT_COMPLETION);
        assertThat(List.<Row>copyOf(data.rows()))
                .containsExactly(
                        new Row.CompletionRow(1, Prompt.text("p"), "c"),
                        new Row.CompletionRow(2, Prompt.text("p"), "c"),
                        new Row.CompletionRow(3, Prompt.text("do\n\nthis"), "done"),
                        new Row.CompletionRow(4, HI, "c"));
    }

    @Test
    void readsConversations() throws IOException {
        String messages = "[{'role':'system','content':'s'},{'role':'user','content':'u'},"
                + "{'role':'assistant','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]";
        Dataset data = read("a.jsonl", json("{'messages':" + messages + "}"));
        assertThat(data.format()).isEqualTo(DataFormat.MESSAGES);
        Row.MessagesRow row = data.rowsOf(Row.MessagesRow.class).get(0);
        assertThat(row.prompt()).isEqualTo(Prompt.chat(new Message("system", "s"), Message.user("u")));
        assertThat(row.completion()).isEqualTo("ab");
        assertThat(data.demonstrations()).containsExactly(new PromptCompletion(row.prompt(), "ab"));

        Dataset shareGpt = read(
                "b.json",
                json("[{'conversations':[{'from':'human','value':'hi'},{'from':'gpt','value':'ho'}]},"),
                json("{'conversations':[{'from':'user','value':'hi'},{'from':'assistant','value':'ho'}]}]"));
        assertThat(shareGpt.format()).isEqualTo(DataFormat.SHAREGPT);
        assertThat(shareGpt.report().container()).isEqualTo(Container.JSON);
        assertThat(List.<Row>copyOf(shareGpt.rows()))
                .containsExactly(
                        new Row.MessagesRow(1, List.of(Message.user("hi"), Message.assistant("ho"))),
                        new Row.MessagesRow(2, List.of(Message.user("hi"), Message.assistant("ho"))));
    }

    @Test
    void readsPairsOfText() throws IOException {
        Dataset data = read(
                "a.jsonl",
                json("{'prompt':'p','chosen':'c','rejected':'r','margin':0.5,'weight':2,'probability':0.75}"),
                json("{'prompt':'p','chosen':'c','rejected':'r','origin':{'rankings':['r1'],'criteria':['helpful'],"
                        + "'labelers':['ann'],'decided_by':'helpful','note':null}}"));
        assertThat(data.format()).isEqualTo(DataFormat.PREFERENCES);
        assertThat(data.preferences().get(0))
                .isEqualTo(new Preference(Prompt.text("p"), "c", "r", 0.75, 2, 0.5, Preference.Origin.UNKNOWN));
        assertThat(data.preferences().get(1).origin())
                .isEqualTo(new Preference.Origin(List.of("r1"), List.of("helpful"), List.of("ann"), "helpful", null));
    }

    @Test
    void readsPairsOfMessagesWithOrWithoutThePromptRepeated() throws IOException {
        Preference expected = Preference.of(HI, "good", "bad");
        String user = "{'role':'user','content':'hi'}";
        String good = "{'role':'assistant','content':'good'}";
        String bad = "{'role':'assistant','content':'bad'}";
        Dataset data = read(
                "a.jsonl",
                json("{'prompt':[" + user + "],'chosen':[" + good + "],'rejected':[" + bad + "]}"),
                json("{'prompt':'hi','chosen':[" + user + "," + good + "],'rejected':[" + user + "," + bad + "]}"),
                json("{'prompt':[" + user + "],'chosen':'good','rejected':'bad'}"));
        assertThat(data.preferences()).containsExactly(expected, expected, expected);
        Dataset whole =
                read("b.jsonl", json("{'chosen':[" + user + "," + good + "],'rejected':[" + user + "," + bad + "]}"));
        assertThat(whole.format()).isEqualTo(DataFormat.DIALOGUES);
        assertThat(whole.preferences()).containsExactly(expected);
    }

    @Test
    void readsWholeDialogues() throws IOException {
        Dataset data = read(
                "a.jsonl",
                json("{'chosen':'\\n\\nHuman: a\\n\\nAssistant: b\\n\\nHuman: c\\n\\nAssistant: d',"
                        + "'rejected':'\\n\\nHuman: a\\n\\nAssistant: b\\n\\nHuman: c\\n\\nAssistant: e'}"));
        assertThat(data.format()).isEqualTo(DataFormat.DIALOGUES);
        assertThat(data.preferences())
                .containsExactly(Preference.of(
                        Prompt.chat(Message.user("a"), Message.assistant("b"), Message.user("c")), "d", "e"));
    }

    @Test
    void readsRankings() throws IOException {
        Dataset data = read(
                "a.jsonl",
                json("{'id':'r1','prompt':'p','completions':[{'text':'a','model':'m'},{'text':'b'},'c','d'],"
                        + "'criterion':'helpful','order':[[2],[0,1]],'unranked':[3],'labeler':'ann','guideline':'v1',"
                        + "'time':'2026-01-01T00:00:00Z'}"),
                json("{'prompt':'p','completions':['a','b','c'],'order':[[1],0]}"));
        assertThat(data.format()).isEqualTo(DataFormat.RANKINGS);
        Ranking full = data.rankings().get(0);
        assertThat(full.order()).containsExactly(List.of(2), List.of(0, 1));
        assertThat(full.unranked()).containsExactly(3);
        assertThat(full.completions().get(0)).isEqualTo(new Ranking.Completion("a", "m"));
        assertThat(full.time()).isEqualTo("2026-01-01T00:00:00Z");
        Ranking terse = data.rankings().get(1);
        assertThat(terse.id()).isEqualTo("line-2");
        assertThat(terse.order()).containsExactly(List.of(1), List.of(0));
        assertThat(terse.unranked()).containsExactly(2);
        assertThat(terse.criterion()).isEqualTo("preference");
    }

    @Test
    void readsLabels() throws IOException {
        Dataset data = read(
                "a.jsonl",
                json("{'prompt':'p','completion':'c','reward':1}"),
                json("{'prompt':'p','completion':'d','label':false}"));
        assertThat(data.format()).isEqualTo(DataFormat.LABELS);
        assertThat(List.<Row>copyOf(data.rows()))
                .containsExactly(
                        new Row.LabelRow(1, Prompt.text("p"), "c", 1), new Row.LabelRow(2, Prompt.text("p"), "d", 0));
    }

    @Test
    void readsCsvWithQuotesAndLineFeeds() throws IOException {
        Dataset data = read(
                "a.csv",
                "prompt,chosen,rejected,weight",
                "\"Say \"\"hi\"\", please\",\"two",
                "lines\",r,2",
                "\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"hi\"\"}]\",c,r,");
        assertThat(data.report().container()).isEqualTo(Container.CSV);
        assertThat(List.<Row>copyOf(data.rows()))
                .containsExactly(
                        new Row.PreferenceRow(
                                2,
                                Preference.of(Prompt.text("Say \"hi\", please"), "two\nlines", "r")
                                        .withWeight(2)),
                        new Row.PreferenceRow(4, Preference.of(HI, "c", "r")));
    }

    @Test
    void readsGzipByContent() throws IOException {
        Path file = folder.resolve("a.jsonl");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(json("{'prompt':'p'}\n{'prompt':'q'}").getBytes(StandardCharsets.UTF_8));
        }
        Dataset data = Dataset.read(file, ReadOptions.defaults());
        assertThat(data.prompts()).containsExactly(Prompt.text("p"), Prompt.text("q"));
        assertThat(data.report().gzip()).isTrue();
    }

    @Test
    void readsJsonThatIsOneObjectAfterAnother() throws IOException {
        assertThat(read("a.json", json("{"), json("'prompt':'p'}"), json("{'prompt':'q'}"))
                        .prompts())
                .containsExactly(Prompt.text("p"), Prompt.text("q"));
        assertThat(read("b.json", json("{'prompt':'p'}"), json("{'prompt':'q'}"))
                        .prompts())
                .containsExactly(Prompt.text("p"), Prompt.text("q"));
    }

    @Test
    void takesPromptsFromAnyFormatOnRequest() throws IOException {
        Path file = folder.resolve("a.jsonl");
        ReadOptions prompts = ReadOptions.defaults().withFormat(DataFormat.PROMPTS);
        Files.writeString(file, json("{'prompt':'p','chosen':'c','rejected':'r'}"));
        assertThat(Dataset.read(file, prompts).prompts()).containsExactly(Prompt.text("p"));
        Files.writeString(
                file, json("{'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'ho'}]}"));
        assertThat(Dataset.read(file, prompts).prompts()).containsExactly(HI);
        Files.writeString(
                file,
                json("{'chosen':'\\n\\nHuman: hi\\n\\nAssistant: a','rejected':'\\n\\nHuman: hi\\n\\nAssistant: b'}"));
        assertThat(Dataset.read(file, prompts).prompts()).containsExactly(HI);
    }

    @Test
    void saysWhichFormatsThereAreWhereNoneFits() {
        assertThatThrownBy(() -> read("a.jsonl", json("{'text':'t','id':3}")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(
                        "found rows with the keys id, text, expected keys of one of the formats prompts, "
                                + "prompt/completion, messages, prompt/chosen/rejected, chosen/rejected, sharegpt, rankings, labels");
        assertThatThrownBy(() -> read("a.jsonl", "")).hasMessageContaining("found no rows");
        assertThatThrownBy(() -> read("a.txt", "words")).hasMessageContaining("give the file its extension");
        assertThatThrownBy(() -> Dataset.read(folder.resolve("none.jsonl"), ReadOptions.defaults()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> read("a.jsonl", json("{'prompt':'p'}")).preferences())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found rows of the format prompts, expected prompt/chosen/rejected");
    }

    @Test
    void parsesNamesOfFormats() {
        for (DataFormat format : DataFormat.values()) {
            assertThat(DataFormat.parse(format.configName())).isEqualTo(format);
        }
        assertThat(DataFormat.parse("hh-rlhf")).isEqualTo(DataFormat.DIALOGUES);
        assertThat(DataFormat.parse("ShareGPT")).isEqualTo(DataFormat.SHAREGPT);
        assertThatThrownBy(() -> DataFormat.parse("xml")).isInstanceOf(BadInputException.class);
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }
}
