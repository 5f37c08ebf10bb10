package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.conversation.ConversationOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tools with a template that knows them, Qwen3's. */
class ServeTemplateToolsTest extends ServeTest {
    private static final String TOOL =
            "{'max_tokens':60,'tools':[{'type':'function','function':{'name':'w','parameters':"
                    + "{'type':'object','properties':{'city':{'const':'Oslo'}}}}}]}";

    @Override
    ConversationOptions template() {
        return ConversationOptions.named(
                Path.of(System.getProperty("attune.shared"), "data/templates/qwen3/template.jinja")
                        .toString());
    }

    private String prompt() {
        return chatTokenizer.decodeRaw(
                engine.last.prompt().stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    void theTemplateDescribesTheTools() {
        ask(chat(TOOL));

        assertThat(prompt())
                .contains("<tools>\n{\"type\": \"function\"")
                .doesNotContain("You can call these functions");
        ask(chat());
        assertThat(prompt()).doesNotContain("<tools>");
    }

    @Test
    void theTemplateWritesEarlierCalls() {
        for (String arguments :
                new String[] {"{\\u0022city\\u0022: \\u0022Oslo\\u0022}", "{\\u0022city\\u0022: \\u0022Os"}) {
            ask(chat(
                    TOOL,
                    "{'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':null,'tool_calls':"
                            + "[{'id':'call_1','type':'function','function':{'name':'w','arguments':'" + arguments
                            + "'}}]},"
                            + "{'role':'tool','tool_call_id':'call_1','content':'rain'}]}"));

            assertThat(prompt()).contains("<tool_call>\n{\"name\": \"w\", \"arguments\": {\"city\": \"Os");
            assertThat(prompt()).contains("<tool_response>\nrain\n</tool_response>");
        }
    }

    @Test
    void freeCallsAreConstrained() {
        engine.script(ids("Well. <tool_call>{\"name\": \"nobody\", \"arguments\": {\"city\": 5}}</tool_call> more"));

        JsonNode choice = ask(chat(TOOL)).at("/choices/0");

        assertThat(choice.at("/message/content").stringValue()).startsWith("Well.");
        assertThat(choice.at("/message/tool_calls/0/function").toString())
                .isEqualTo("{\"name\":\"w\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}");
    }
}
