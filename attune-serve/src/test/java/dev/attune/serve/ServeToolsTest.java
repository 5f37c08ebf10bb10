package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.serve.model.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 10: calls of tools. */
class ServeToolsTest extends ServeTest {
    private static final String TOOL =
            "{'max_tokens':100,'tools':[{'type':'function','function':{'name':'w','parameters':{'type':'object',"
                    + "'properties':{'city':{'enum':['Oslo','Lima']}},'required':['city'],'additionalProperties':false}}}]}";
    private static final String REQUIRED = "{'tool_choice':'required'}";

    private static final String FREE = "{'model':'free'}";

    /** The same model without constraints, so that it says what the script has. */
    @Override
    ServedModel storyModel() {
        return chatModel().withId("free").withAdapters(Set.of()).withConstraints(null);
    }

    private void say(String text) {
        engine.script(ids(text));
    }

    /** The calls of a stream, put together as clients do, in the form of the whole answer without ids. */
    private static List<String> calls(List<JsonNode> chunks) {
        List<ObjectNode> calls = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            for (JsonNode fragment : chunk.at("/choices/0/delta/tool_calls")) {
                int index = fragment.get("index").intValue();
                if (index == calls.size()) {
                    assertThat(fragment.get("id").stringValue()).startsWith("call_");
                    assertThat(fragment.get("type").stringValue()).isEqualTo("function");
                    assertThat(fragment.at("/function/name").isString()).isTrue();
                    calls.add(((ObjectNode) fragment.get("function")).deepCopy());
                } else {
                    assertThat(fragment.has("id")).isFalse();
                    assertThat(fragment.get("function").has("name")).isFalse();
                    ObjectNode call = calls.get(index);
                    call.put(
                            "arguments",
                            call.get("arguments").stringValue()
                                    + fragment.at("/function/arguments").stringValue());
                }
            }
        }
        return calls.stream().map(Object::toString).toList();
    }

    private static List<String> calls(JsonNode answer) {
        return answer.at("/choices/0/message/tool_calls")
                .valueStream()
                .map(call -> call.get("function").toString())
                .toList();
    }

    private void assertCalls(ObjectNode body, String finish, String... expected) {
        JsonNode answer = ask(body);
        List<JsonNode> chunks = chunks(body);
        List<String> wanted =
                Stream.of(expected).map(call -> call.replace('\'', '"')).toList();
        assertThat(calls(answer)).isEqualTo(wanted);
        assertThat(calls(chunks)).isEqualTo(wanted);
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo(finish);
        assertThat(finishes(chunks, 0)).containsExactly(finish);
        assertThat(joined(chunks, 0))
                .isEqualTo(answer.at("/choices/0/message/content").asString(""));
        assertThat(answer.at("/choices/0/message").has("tool_calls")).isEqualTo(expected.length > 0);
    }

    @Test
    void requiredCallsAreSeveral() {
        String call = "{'name':'w','arguments':'{\\'city\\':\\'Oslo\\'}'}".replace("\\'", "\\\"");

        assertCalls(chat(TOOL, REQUIRED), "tool_calls", call, call);

        JsonNode message = ask(chat(TOOL, REQUIRED)).at("/choices/0/message");
        assertThat(message.get("content").isNull()).isTrue();
        assertThat(message.at("/tool_calls/0/id")).isNotEqualTo(message.at("/tool_calls/1/id"));
    }

    @Test
    void aNamedFunctionIsCalledOnce() {
        assertCalls(
                chat(TOOL, "{'tool_choice':{'type':'function','function':{'name':'w'}}}"),
                "tool_calls",
                "{'name':'w','arguments':'{\\'city\\':\\'Oslo\\'}'}".replace("\\'", "\\\""));
        assertCalls(
                chat(TOOL, REQUIRED, "{'parallel_tool_calls':false}"),
                "tool_calls",
                "{'name':'w','arguments':'{\\'city\\':\\'Oslo\\'}'}".replace("\\'", "\\\""));
    }

    @Test
    void noArgumentsAreAnEmptyObject() {
        String tool = "{'tools':[{'type':'function','function':{'name':'now'}}]}";
        assertCalls(
                chat(tool, REQUIRED, "{'parallel_tool_calls':false,'max_tokens':100}"),
                "tool_calls",
                "{'name':'now','arguments':'{}'}");
        say("<tool_call>{\"name\": \"now\"}</tool_call>");
        assertCalls(chat(FREE, tool, "{'max_tokens':100}"), "tool_calls", "{'name':'now','arguments':'{}'}");
    }

    @Test
    void argumentsMayHaveTextWithBracesAndReferences() {
        String tool =
                "{'max_tokens':200,'parallel_tool_calls':false,'tools':[{'type':'function','function':{'name':'f','parameters':"
                        + "{'type':'object','properties':{'a':{'$ref':'#/$defs/k'},'b':{'const':'}]{\\u0022\\\\'}},"
                        + "'$defs':{'k':{'const':'歪'}}}}}]}";
        ObjectNode body = chat(tool, REQUIRED);

        JsonNode answer = ask(body);

        JsonNode arguments = object(
                answer.at("/choices/0/message/tool_calls/0/function/arguments").stringValue());
        assertThat(arguments.get("a").stringValue()).isEqualTo("歪");
        assertThat(arguments.get("b").stringValue()).isEqualTo("}]{\"\\");
        assertThat(calls(chunks(body))).isEqualTo(calls(answer));
    }

    @Test
    void aCutCallSaysLength() {
        JsonNode answer = ask(chat(TOOL, REQUIRED, "{'max_tokens':9}"));

        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
    }

    @Test
    void freeCallsAreFoundInTheText() {
        say("Let me see.\n<tool_call>\n{\"name\": \"w\", \"arguments\": {\"city\": \"Lima\"}}\n</tool_call>\n"
                + "<tool_call>{\"name\": \"w\", \"arguments\": {}}</tool_call>\n");

        assertCalls(
                chat(FREE, TOOL),
                "tool_calls",
                "{'name':'w','arguments':'{\\'city\\':\\'Lima\\'}'}".replace("\\'", "\\\""),
                "{'name':'w','arguments':'{}'}");
        assertThat(ask(chat(FREE, TOOL)).at("/choices/0/message/content").stringValue())
                .isEqualTo("Let me see.");
        assertThat(ask(chat(FREE, TOOL, "{'parallel_tool_calls':false}"))
                        .at("/choices/0/message/tool_calls")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whatIsNoCallStaysText() {
        for (String text : List.of(
                "<tool_call>{\"name\": \"w\", \"arg</tool_call> x",
                "a < b <tool_ca",
                "<tool_call>{\"name\": \"other\", \"arguments\": {}}</tool_call>",
                "plain text \n")) {
            say(text);
            assertCalls(chat(FREE, TOOL), "stop");
            assertThat(ask(chat(FREE, TOOL)).at("/choices/0/message/content").stringValue())
                    .isEqualTo(text);
        }
    }

    @Test
    void withNoneNothingIsACall() {
        say("<tool_call>{\"name\": \"w\", \"arguments\": {}}</tool_call>");

        assertCalls(chat(TOOL, "{'tool_choice':'none'}"), "stop");
        assertThat(engine.last.prompt()).hasSize(31);
    }

    @Test
    void aTemplateWithoutToolsGetsThemAsSystemText() {
        ask(chat(TOOL));

        String prompt = chatTokenizer.decodeRaw(
                engine.last.prompt().stream().mapToInt(Integer::intValue).toArray());
        assertThat(prompt)
                .startsWith(
                        "<|im_start|>system\nYou can call these functions, one JSON object per line:\n{\"name\":\"w\"")
                .contains("<tool_call>{\"name\": \"NAME\", \"arguments\": {...}}</tool_call><|im_end|>");
    }

    @Test
    void entriesOfCallTokensAreKept() {
        ObjectNode body = chat(TOOL, REQUIRED, "{'logprobs':true}");
        List<JsonNode> joined = new ArrayList<>();

        chunks(body).forEach(chunk -> chunk.at("/choices/0/logprobs/content").forEach(joined::add));

        assertThat(joined).hasSizeGreaterThan(10);
        assertThat(joined)
                .isEqualTo(ask(body)
                        .at("/choices/0/logprobs/content")
                        .valueStream()
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'tools':5|tools",
                "'tools':[{'type':'function'}]|tools[0].function",
                "'tools':[{'type':'custom','custom':{'name':'a'}}]|tools[0].type",
                "'tools':[{'type':'function','function':{'name':''}}]|tools[0].function.name",
                "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'string'}}}]|tools[0].function.parameters.type",
                "'tool_choice':'required'|tool_choice",
                "'tools':[{'type':'function','function':{'name':'a'}}],'tool_choice':'maybe'|tool_choice",
                "'tools':[{'type':'function','function':{'name':'a'}}],'tool_choice':{'type':'function','function':{'name':'b'}}|tool_choice",
                "'tools':[{'type':'function','function':{'name':'a'}}],'tool_choice':{'type':'function'}|tool_choice",
                "'tools':[{'type':'function','function':{'name':'a'}},{'type':'function','function':{'name':'a'}}]|tools",
            })
    void wrongToolsAreNamed(String field, String param) {
        assertThat(refused(400, chat("{" + field + "}")).get("param").stringValue())
                .isEqualTo(param);
    }
}
