package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LangChainRequestTest {
    private static final String ANSWER =
            "{\"id\":\"a\",\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}";

    private final StandIn server = new StandIn().replies(StandIn.json(200, ANSWER));
    private final AttuneChatModel model = AttuneChatModel.builder()
            .baseUrl(server.baseUrl())
            .apiKey("secret")
            .modelName("m")
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode sent(ChatRequestParameters parameters) {
        model.chat(ChatRequest.builder()
                .messages(UserMessage.from("a"))
                .parameters(parameters)
                .build());
        return server.body();
    }

    private JsonNode sent(ChatMessage... messages) {
        model.chat(List.of(messages));
        return server.body().get("messages");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void everyParameterIsSent() {
        JsonNode body = sent(ChatRequestParameters.builder()
                .modelName("other")
                .temperature(0.25)
                .topP(0.5)
                .topK(7)
                .frequencyPenalty(0.75)
                .presencePenalty(-0.5)
                .maxOutputTokens(9)
                .stopSequences("x", "y")
                .build());
        assertThat(body)
                .isEqualTo(json("{\"model\":\"other\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],"
                        + "\"temperature\":0.25,\"top_p\":0.5,\"top_k\":7,\"frequency_penalty\":0.75,"
                        + "\"presence_penalty\":-0.5,\"max_tokens\":9,\"stop\":[\"x\",\"y\"]}"));
        assertThat(server.asked().get(0).path()).isEqualTo("/v1/chat/completions");
        assertThat(server.asked().get(0).authorization()).isEqualTo("Bearer secret");
    }

    @Test
    void whatIsNotGivenIsNotSent() {
        assertThat(sent(ChatRequestParameters.builder().build()))
                .isEqualTo(json("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"));
    }

    @Test
    void theBuildersValuesHoldForRequestsWithoutThem() {
        AttuneChatModel withDefaults = AttuneChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("m")
                .defaultRequestParameters(ChatRequestParameters.builder()
                        .topK(3)
                        .temperature(0.5)
                        .modelName("adapter")
                        .build())
                .temperature(0.125)
                .build();
        withDefaults.chat(ChatRequest.builder()
                .messages(UserMessage.from("a"))
                .maxOutputTokens(2)
                .build());
        JsonNode body = server.body();
        assertThat(body.get("top_k").intValue()).isEqualTo(3);
        assertThat(body.get("temperature").doubleValue()).isEqualTo(0.125);
        assertThat(body.get("max_tokens").intValue()).isEqualTo(2);
        assertThat(body.get("model").stringValue()).isEqualTo("adapter");
    }

    @Test
    void everyKindOfMessageIsSent() {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("c1")
                .name("f")
                .arguments("{\"a\": 1}")
                .build();
        JsonNode messages = sent(
                SystemMessage.from("s"),
                UserMessage.from("Ada", "u"),
                AiMessage.builder()
                        .thinking("hm")
                        .toolExecutionRequests(List.of(call))
                        .build(),
                ToolExecutionResultMessage.from(call, "r"),
                AiMessage.from("t"),
                UserMessage.from(TextContent.from("v"), TextContent.from("w")));
        assertThat(messages)
                .isEqualTo(
                        json(
                                "[{\"role\":\"system\",\"content\":\"s\"},"
                                        + "{\"role\":\"user\",\"name\":\"Ada\",\"content\":\"u\"},"
                                        + "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"hm\",\"tool_calls\":[{\"id\":\"c1\","
                                        + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": 1}\"}}]},"
                                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"name\":\"f\",\"content\":\"r\"},"
                                        + "{\"role\":\"assistant\",\"content\":\"t\"},"
                                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"v\"},{\"type\":\"text\",\"text\":\"w\"}]}]"));
    }

    @Test
    void toolsAreSentWithTheirSchemas() {
        ToolSpecification tool = ToolSpecification.builder()
                .name("f")
                .description("d")
                .strict(true)
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("z", "a text")
                        .addEnumProperty("a", List.of("x", "y"))
                        .addProperty(
                                "n",
                                JsonArraySchema.builder()
                                        .items(new JsonIntegerSchema())
                                        .build())
                        .required("z")
                        .build())
                .build();
        JsonNode body = sent(ChatRequestParameters.builder()
                .toolSpecifications(tool, ToolSpecification.builder().name("g").build())
                .toolChoice(ToolChoice.REQUIRED)
                .build());
        assertThat(body.get("tools"))
                .isEqualTo(json(
                        "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{"
                                + "\"type\":\"object\",\"properties\":{\"z\":{\"type\":\"string\",\"description\":\"a text\"},"
                                + "\"a\":{\"type\":\"string\",\"enum\":[\"x\",\"y\"]},"
                                + "\"n\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}},"
                                + "\"required\":[\"z\"],\"additionalProperties\":false},\"strict\":true}},"
                                + "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]"));
        assertThat(body.get("tools").toString()).contains("\"properties\":{\"z\":", "},\"a\":", "},\"n\":");
        assertThat(body.get("tool_choice").stringValue()).isEqualTo("required");
        assertThat(sent(ChatRequestParameters.builder()
                                .toolChoice(ToolChoice.NONE)
                                .build())
                        .get("tool_choice")
                        .stringValue())
                .isEqualTo("none");
    }

    @Test
    void schemasOfAnswersAreSent() {
        JsonObjectSchema root = JsonObjectSchema.builder()
                .addProperty(
                        "next",
                        JsonAnyOfSchema.builder()
                                .anyOf(
                                        JsonReferenceSchema.builder()
                                                .reference("node")
                                                .build(),
                                        new JsonNullSchema())
                                .build())
                .addProperty("free", JsonObjectSchema.builder().build())
                .additionalProperties(true)
                .definitions(Map.of("node", new JsonStringSchema()))
                .build();
        JsonNode format = sent(ChatRequestParameters.builder()
                        .responseFormat(
                                JsonSchema.builder().name("N").rootElement(root).build())
                        .build())
                .get("response_format");
        assertThat(format)
                .isEqualTo(json("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"N\",\"strict\":true,\"schema\":{"
                        + "\"type\":\"object\",\"properties\":{\"next\":{\"anyOf\":[{\"$ref\":\"#/$defs/node\"},"
                        + "{\"type\":\"null\"}]},\"free\":{\"type\":\"object\",\"properties\":{}}},"
                        + "\"additionalProperties\":true,\"$defs\":{\"node\":{\"type\":\"string\"}}}}}"));
    }

    @Test
    void rawSchemasAndPlainJsonAreSent() {
        JsonNode raw = sent(ChatRequestParameters.builder()
                .responseFormat(JsonSchema.builder()
                        .rootElement(JsonRawSchema.from("{\"type\":\"integer\",\"minimum\":3}"))
                        .build())
                .build());
        assertThat(raw.get("response_format").get("json_schema"))
                .isEqualTo(
                        json("{\"name\":\"answer\",\"strict\":true,\"schema\":{\"type\":\"integer\",\"minimum\":3}}"));
        assertThat(sent(ChatRequestParameters.builder()
                                .responseFormat(ResponseFormat.JSON)
                                .build())
                        .get("response_format"))
                .isEqualTo(json("{\"type\":\"json_object\"}"));
        assertThat(sent(ChatRequestParameters.builder()
                                .responseFormat(ResponseFormat.TEXT)
                                .build())
                        .has("response_format"))
                .isFalse();
    }

    @Test
    void contentsOtherThanTextAreRefusedByName() {
        Map<String, Content> contents = Map.of(
                "image", ImageContent.from("aGk=", "image/png"),
                "audio", AudioContent.from(Audio.builder().base64Data("aGk=").build()),
                "pdf", PdfFileContent.from("aGk=", "application/pdf"),
                "video", VideoContent.from("aGk=", "video/mp4"));
        contents.forEach((name, content) -> assertThatThrownBy(() -> sent(UserMessage.from(content)))
                .isExactlyInstanceOf(UnsupportedFeatureException.class)
                .hasMessage(name + " content is not supported: the models read text alone"));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void unknownMessagesAndParametersOfOthersAreRefused() {
        assertThatThrownBy(() -> sent(CustomMessage.from(Map.of("a", 1))))
                .isExactlyInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("messages of the type CUSTOM are not supported");
        ChatRequestParameters others = new OthersParameters();
        assertThatThrownBy(() -> sent(others))
                .isExactlyInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("OthersParameters are not supported");
        assertThat(server.asked()).isEmpty();
    }

    /** As another provider's, with a field that this one does not know. */
    private static final class OthersParameters extends DefaultChatRequestParameters {
        OthersParameters() {
            super(DefaultChatRequestParameters.builder());
        }

        @Override
        public ChatRequestParameters defaultedBy(ChatRequestParameters that) {
            return this;
        }
    }
}
