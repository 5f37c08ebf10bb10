package dev.attune.core.data;

import static dev.attune.core.data.DatasetFormatsTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns in addition to a prompt: which are folded into it, and which are reported as unused. */
class ContextColumnsTest {
    private static final String TOOLS = "[{'type':'function','function':{'name':'weather','parameters':{}}}]";
    private static final String CALL = "{'type':'function','function':{'name':'weather','arguments':{'city':'Oslo'}}}";

    @TempDir
    Path folder;

    private Dataset read(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), json(String.join("\n", lines)) + "\n");
        return Dataset.read(file, ReadOptions.defaults());
    }

    private Fault fault(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), json(line) + "\n");
        List<Fault> faults =
                DatasetInspector.inspect(file, ReadOptions.defaults(), null).faults();
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    private static Message system(String text) {
        return new Message("system", text);
    }

    @Test
    void inputsAndContextsFollowThePrompt() throws IOException {
        assertThat(read(
                                "{'instruction':'Add','input':'1 and 2','chosen':'3','rejected':'4'}",
                                "{'prompt':'Add','input':'','chosen':'3','rejected':'4'}",
                                "{'question':'Who?','context':'Ada did it.','chosen':'Ada','rejected':'Bo'}")
                        .preferences())
                .containsExactly(
                        Preference.of(Prompt.text("Add\n\n1 and 2"), "3", "4"),
                        Preference.of(Prompt.text("Add"), "3", "4"),
                        Preference.of(Prompt.text("Who?\n\nAda did it."), "Ada", "Bo"));
        assertThat(read("{'instruction':'Sum up','input':'A','context':'B','response':'C','category':'summary'}")
                        .rowsOf(Row.CompletionRow.class))
                .containsExactly(new Row.CompletionRow(1, Prompt.text("Sum up\n\nA\n\nB"), "C"));
        assertThat(read("{'prompt':'Rank','input':'these','completions':['a','b'],'order':[[1],[0]]}")
                        .prompts())
                .containsExactly(Prompt.text("Rank\n\nthese"));
        assertThat(read("{'prompt':'Judge','context':'it','completion':'a','reward':0.5}")
                        .prompts())
                .containsExactly(Prompt.text("Judge\n\nit"));
    }

    @Test
    void systemPromptsAndHistoriesBecomeTurns() throws IOException {
        assertThat(read(
                                "{'system':'Be brief','question':'Hi','chosen':'a','rejected':'b'}",
                                "{'system_prompt':'Be long','question':'Hi','chosen':'a','rejected':'b'}",
                                "{'system':'','question':'Hi','chosen':'a','rejected':'b'}")
                        .prompts())
                .containsExactly(
                        Prompt.chat(system("Be brief"), Message.user("Hi")),
                        Prompt.chat(system("Be long"), Message.user("Hi")),
                        Prompt.text("Hi"));
        assertThat(read("{'instruction':'And now?','input':'','output':'Three.','system':'Count',"
                                + "'history':[['Start','One.'],['Next','Two.']]}")
                        .prompts())
                .containsExactly(Prompt.chat(
                        system("Count"),
                        Message.user("Start"),
                        Message.assistant("One."),
                        Message.user("Next"),
                        Message.assistant("Two."),
                        Message.user("And now?")));
        assertThat(read("{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'a'}],'system':'s'}")
                        .rowsOf(Row.MessagesRow.class)
                        .get(0)
                        .messages())
                .containsExactly(system("s"), Message.user("u"), Message.assistant("a"));
        Fault two = fault("{'prompt':[{'role':'system','content':'s'},{'role':'user','content':'u'}],'system':'t',"
                + "'completion':'c'}");
        assertThat(two.kind()).isEqualTo(Fault.Kind.PROMPT_MISMATCH);
        assertThat(two.key()).isEqualTo("system");
        assertThat(fault("{'prompt':'p','history':'earlier','completion':'c'}").key())
                .isEqualTo("history");
    }

    @Test
    void toolsBelongToTheConversation() throws IOException {
        Prompt.Chat text = (Prompt.Chat) read("{'prompt':'Hi','completion':'c','tools':" + TOOLS + "}")
                .prompts()
                .get(0);
        assertThat(text.messages()).containsExactly(Message.user("Hi"));
        assertThat(text.tools())
                .containsExactly(
                        Map.of("type", "function", "function", Map.of("name", "weather", "parameters", Map.of())));

        Dataset shareGpt = read("{'conversations':[{'from':'human','value':'Hi'},{'from':'gpt','value':'ho'}],"
                + "'tools':'" + TOOLS.replace("'", "\\'") + "'}");
        assertThat(shareGpt.rowsOf(Row.MessagesRow.class).get(0).tools()).isEqualTo(text.tools());
        assertThat(fault("{'prompt':'Hi','completion':'c','tools':'weather'}").key())
                .isEqualTo("tools");
    }

    @Test
    void aTrainFlagIsTheWeightOfItsMessage() throws IOException {
        Dataset data = read("{'conversations':[{'from':'human','value':'Hi'},{'from':'gpt','value':'no','train':false},"
                + "{'from':'human','value':'So?'},{'from':'gpt','value':'yes','train':true}]}");
        List<Message> messages = data.rowsOf(Row.MessagesRow.class).get(0).messages();
        assertThat(messages.get(1)).isEqualTo(new Message("assistant", "no", Map.of("weight", 0)));
        assertThat(messages.get(1).learned()).isFalse();
        assertThat(messages.get(3).learned()).isTrue();
    }

    @Test
    void messagesKeepTheirOtherKeys() throws IOException {
        Dataset data = read("{'messages':[{'role':'user','content':'u','name':'ann'},"
                + "{'role':'assistant','content':null,'tool_calls':[" + CALL + "],'weight':0},"
                + "{'role':'tool','content':'rain','tool_call_id':'7'},"
                + "{'role':'assistant','content':'It rains.','reasoning_content':'Look it up.','extra':null}]}");
        List<Message> messages = data.rowsOf(Row.MessagesRow.class).get(0).messages();
        assertThat(messages.get(0)).isEqualTo(new Message("user", "u", Map.of("name", "ann")));
        assertThat(messages.get(1).content()).isEmpty();
        assertThat(messages.get(1).learned()).isFalse();
        assertThat(messages.get(1).fields().get("tool_calls"))
                .isEqualTo(List.of(Map.of(
                        "type",
                        "function",
                        "function",
                        Map.of("name", "weather", "arguments", Map.of("city", "Oslo")))));
        assertThat(messages.get(2)).isEqualTo(new Message("tool", "rain", Map.of("tool_call_id", "7")));
        assertThat(messages.get(3))
                .isEqualTo(new Message("assistant", "It rains.", Map.of("reasoning_content", "Look it up.")));
        assertThat(data.report().unusedKeys()).isEmpty();
        assertThat(fault(
                                "{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'a','weight':'no'}]}")
                        .key())
                .isEqualTo("messages[1].weight");
        assertThat(fault("{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':null}]}")
                        .kind())
                .isEqualTo(Fault.Kind.MISSING_KEY);
    }

    @Test
    void functionCallTurnsAreToolCalls() throws IOException {
        Dataset data = read("{'conversations':[{'from':'human','value':'Weather?'},"
                + "{'from':'function_call','value':'{\\'name\\': \\'weather\\', \\'arguments\\': {\\'city\\': \\'Oslo\\'}}'},"
                + "{'from':'observation','value':'rain'},{'from':'gpt','value':'Rain.'}]}");
        List<Message> messages = data.rowsOf(Row.MessagesRow.class).get(0).messages();
        assertThat(messages.get(1))
                .isEqualTo(new Message(
                        "assistant",
                        "",
                        Map.of(
                                "tool_calls",
                                List.of(Map.of(
                                        "type",
                                        "function",
                                        "function",
                                        Map.of("name", "weather", "arguments", Map.of("city", "Oslo")))))));
        assertThat(messages.get(2)).isEqualTo(new Message("tool", "rain"));
    }

    @Test
    void answersThatATextCannotHoldAreFaults() throws IOException {
        String user = "{'role':'user','content':'u'}";
        String calls = "{'role':'assistant','content':'','tool_calls':[" + CALL + "]}";
        String plain = "{'role':'assistant','content':'b'}";
        Fault chosen = fault("{'prompt':[" + user + "],'chosen':[" + calls + "],'rejected':[" + plain + "]}");
        assertThat(chosen.kind()).isEqualTo(Fault.Kind.WRONG_TYPE);
        assertThat(chosen.found()).isEqualTo("an answer with tool_calls");
        assertThat(fault("{'prompt':[" + user + "],'completion':[" + calls + "]}")
                        .key())
                .isEqualTo("completion");
        assertThat(fault("{'chosen':[" + user + "," + plain + "],'rejected':[" + user + ","
                                + plain.replace("'b'", "'c','reasoning_content':'hm'") + "]}")
                        .found())
                .isEqualTo("an answer with reasoning_content");
        assertThat(fault("{'prompt':'p','completion':'c','images':['a.png']}").key())
                .isEqualTo("images");
        assertThat(fault(
                                "{'messages':[{'role':'user','content':[{'type':'image','url':'x'},{'type':'text','text':'u'}]},"
                                        + plain + "]}")
                        .found())
                .isEqualTo("a part that is not text (type 'image')");
        Dataset named = read("{'prompt':[" + user + "],'chosen':[" + plain.replace("'b'", "'a','model':'m'")
                + "],'rejected':[" + plain + "]}");
        assertThat(named.report().unusedKeys()).containsExactly(Map.entry("chosen[].model", 1L));
    }

    @Test
    void unusedKeysAreNamedWithTheirRows() throws IOException {
        Dataset data = read(
                "{'prompt':'p','completion':'c','category':'x','source':null}",
                "{'prompt':'p','completion':'c','category':'y','source':'web'}",
                "{'prompt':'p','completion':'c','category':'','source':'web'}");
        assertThat(data.report().unusedKeys()).containsOnly(Map.entry("category", 2L), Map.entry("source", 2L));
        assertThat(data.report().summary())
                .endsWith(
                        "a.jsonl: prompt/completion, 3 rows, 3 used; unused keys: category (2 rows), source (2 rows)");
        Inspection inspection = DatasetInspector.inspect(folder.resolve("a.jsonl"), ReadOptions.defaults(), null);
        assertThat(inspection.describe(5)).contains("unused keys  category (2 rows), source (2 rows)");
        Dataset scored = read("{'prompt':'p','completions':[{'text':'a','score':1},{'text':'b'}],'order':[[0],[1]]}");
        assertThat(scored.report().unusedKeys()).containsExactly(Map.entry("completions[].score", 1L));
    }

    @Test
    void promptsWithOtherToolsOrCallsAreOtherPrompts() {
        Prompt plain = Prompt.chat(Message.user("u"));
        Prompt tools = new Prompt.Chat(plain.messages(), List.of(Map.of("name", "f")));
        Prompt named = Prompt.chat(new Message("user", "u", Map.of("name", "ann")));
        assertThat(List.of(Splits.key(plain), Splits.key(tools), Splits.key(named)))
                .doesNotHaveDuplicates();
        assertThat(Splits.key(plain)).isEqualTo("\u001euser\u001fu");
    }

    @Test
    void severalAnswersOfNoKnownSetAreRefused() {
        for (String row : List.of(
                "{'prompt':'p','response_x1':'a','response_x2':'b'}",
                "{'prompt':'p','answer_1':'a','answer_2':'b','verdict':1}",
                "{'question':'p','answer':'a','response':'b'}",
                "{'prompt':'p','output':'a','gpt4_output':'b'}",
                "{'prompt':'p','response_llama':'a','response_gpt4':'b'}",
                "{'prompt':'p','generations':['a','b']}")) {
            assertThatThrownBy(() -> read(row))
                    .as(row)
                    .hasMessageContaining("several columns that look like answers")
                    .hasMessageContaining("--format prompts");
        }
    }

    @Test
    void keysAboutAnAnswerAreNoAnswers() throws IOException {
        Dataset data = read("{'prompt':'p','answer':'a','answer_type':'yes','response_source':'web','text':'p a'}");
        assertThat(data.format()).isEqualTo(DataFormat.PROMPT_COMPLETION);
        assertThat(data.report().unusedKeys().keySet()).containsExactly("answer_type", "response_source", "text");
    }

    @Test
    void rankingsHaveTheirContextToo() throws IOException {
        Ranking ranking = read("{'prompt':'p','system':'s','tools':" + TOOLS
                        + ",'completions':['a',{'role':'assistant','content':'b'}],'order':[1.0,'0']}")
                .rankings()
                .get(0);
        assertThat(ranking.prompt().messages()).containsExactly(system("s"), Message.user("p"));
        assertThat(ranking.completions()).extracting(Ranking.Completion::text).containsExactly("a", "b");
        assertThat(ranking.order()).containsExactly(List.of(1), List.of(0));
    }
}
