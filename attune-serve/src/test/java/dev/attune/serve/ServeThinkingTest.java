package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.serve.model.ServedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 24: models that think before they answer. */
class ServeThinkingTest extends ServeTest {
    private static final String TEMPLATE = "{%- for message in messages %}{{ '<|im_start|>' + message.role + '\\n'"
            + " + message.content + '<|im_end|>\\n' }}{%- endfor %}{%- if add_generation_prompt %}"
            + "{{ '<|im_start|>assistant\\nOPEN' }}{%- endif %}";
    private static final Map<String, String> WORDS = Map.of("<repo_name>", "<think>", "<reponame>", "</think>");

    @TempDir
    private Path closed;

    @TempDir
    private Path opened;

    private HuggingFaceTokenizer plain;
    private HuggingFaceTokenizer opening;

    @BeforeEach
    @Override
    void start() {
        Path from = Path.of(System.getProperty("attune.shared"), "models/SmolLM2-135M-Instruct");
        plain = ModelCopy.tokenizer(from, closed, WORDS, TEMPLATE.replace("OPEN", ""));
        opening = ModelCopy.tokenizer(from, opened, WORDS, TEMPLATE.replace("OPEN", "<think>\\n"));
        engine = new ScriptedEngine(4, 8);
        stories = new ScriptedEngine(4, 8);
        server = ModelServer.start(options(), List.of(model(M, plain), model("opening", opening)));
    }

    @AfterEach
    void closeTokenizers() {
        plain.close();
        opening.close();
    }

    private ServedModel model(String id, HuggingFaceTokenizer tokenizer) {
        return chatModel()
                .withId(id)
                .withAdapters(java.util.Set.of())
                .withEncoder(ConversationEncoder.of(tokenizer))
                .withBytes(new PieceBytes(tokenizer));
    }

    private void assertAnswer(ObjectNode body, String reasoning, String content, String finish) {
        JsonNode choice = ask(body).at("/choices/0");
        List<JsonNode> chunks = chunks(body);
        StringBuilder thoughts = new StringBuilder();
        chunks.forEach(chunk ->
                thoughts.append(chunk.at("/choices/0/delta/reasoning_content").asString("")));
        assertThat(choice.at("/message/content").stringValue()).isEqualTo(content);
        assertThat(choice.at("/message/reasoning_content").asString("")).isEqualTo(reasoning);
        assertThat(choice.get("finish_reason").stringValue()).isEqualTo(finish);
        assertThat(joined(chunks, 0)).isEqualTo(content);
        assertThat(thoughts.toString()).isEqualTo(reasoning);
        assertThat(finishes(chunks, 0)).containsExactly(finish);
    }

    @Test
    void thoughtsAreNoContent() {
        engine.script(plain.encode("<think>\nWell then.\n\n</think>\n\nHello there.\n"));
        assertAnswer(chat("{'max_tokens':50}"), "Well then.", "Hello there.\n", "stop");
        engine.script(plain.encode("Well.\n</think>\n\nHello there."));
        assertAnswer(chat("{'max_tokens':50,'model':'opening'}"), "Well.", "Hello there.", "stop");
    }

    @Test
    void anAnswerWithoutThoughtsIsContent() {
        engine.script(plain.encode("  Hello < there"));
        assertAnswer(chat("{'max_tokens':50}"), "", "  Hello < there", "stop");
        engine.script(plain.encode("</think>\nHello"));
        assertAnswer(chat("{'max_tokens':50,'model':'opening'}"), "", "Hello", "stop");
    }

    @Test
    void cutThoughtsLeaveEmptyContent() {
        engine.script(plain.encode("<think>\nWell then what is it that you want"));
        assertAnswer(chat("{'max_tokens':5}"), "Well then what", "", "length");
        engine.script(plain.encode("Well then what is it that you want"));
        assertAnswer(chat("{'max_tokens':5,'model':'opening'}"), "Well then what is it", "", "length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smollm2", "opening"})
    void aSchemaBindsTheAnswerAlone(String model) {
        String open = model.equals("opening") ? "" : "<think>";
        engine.script(plain.encode(open + "Well then</think>"));
        ObjectNode body = chat(schema("{'const':'歪'}"), "{'model':'" + model + "'}");
        assertAnswer(body, "Well then", "\"歪\"", "stop");

        engine.script(plain.encode(open + "Well then " + longText(500)));
        String content =
                ask(body.put("max_tokens", 40)).at("/choices/0/message/content").stringValue();
        assertThat(content).isEqualTo("\"歪\"");
    }

    @Test
    void aSchemaNeedsNoThoughts() {
        engine.script(plain.encode("\"歪\""));
        assertAnswer(chat(schema("{'const':'歪'}")), "", "\"歪\"", "stop");
    }
}
