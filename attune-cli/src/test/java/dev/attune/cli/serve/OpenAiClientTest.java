package dev.attune.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.attune.core.json.Json;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.serve.local.DirectoryOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client as it is, pointed at a server. */
@Tag("shared")
class OpenAiClientTest {
    private static final Path MODEL = Path.of(System.getProperty("attune.shared"), "models", "stories260K");

    private static Served server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        server = new Served(
                MODEL, DirectoryOptions.of("m").withConversations(ConversationOptions.DEFAULT.withTemplate("plain")));
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder()
                .model("m")
                .addUserMessage("Once upon a time")
                .temperature(0)
                .maxCompletionTokens(20);
    }

    private static String content(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElseThrow();
    }

    @Test
    void aStreamedAnswerIsTheWholeAnswer() {
        ChatCompletion whole = client.chat().completions().create(chat().build());
        assertThat(content(whole)).isNotBlank();
        assertThat(whole.usage().orElseThrow().completionTokens()).isEqualTo(20);
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(chat().streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        ChatCompletion streamed = accumulator.chatCompletion();
        assertThat(content(streamed)).isEqualTo(content(whole));
        assertThat(streamed.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
        assertThat(streamed.usage()).isEqualTo(whole.usage());
    }

    @Test
    void answersFollowASchema() {
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("colour", Map.of("enum", List.of("red", "blue"))),
                "required",
                List.of("colour"),
                "additionalProperties",
                false);
        ResponseFormatJsonSchema.JsonSchema.Schema.Builder built = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        schema.forEach((key, value) -> built.putAdditionalProperty(key, JsonValue.from(value)));
        ChatCompletion answer = client.chat()
                .completions()
                .create(chat().responseFormat(ResponseFormatJsonSchema.builder()
                                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                                        .name("paint")
                                        .strict(true)
                                        .schema(built.build())
                                        .build())
                                .build())
                        .build());
        assertThat(Json.tree(content(answer)).get("colour").asString()).isIn("red", "blue");
    }

    @Test
    void toolsAreCalledWithTheirArguments() {
        FunctionDefinition weather = FunctionDefinition.builder()
                .name("weather")
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                                "properties", JsonValue.from(Map.of("city", Map.of("enum", List.of("Oslo", "Lima")))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                        .build())
                .build();
        ChatCompletion answer = client.chat()
                .completions()
                .create(chat().maxCompletionTokens(100)
                        .addTool(ChatCompletionFunctionTool.builder()
                                .function(weather)
                                .build())
                        .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                        .build());
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessageFunctionToolCall call = answer.choices()
                .get(0)
                .message()
                .toolCalls()
                .orElseThrow()
                .get(0)
                .asFunction();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(Json.tree(call.function().arguments()).get("city").asString())
                .isIn("Oslo", "Lima");
    }

    @Test
    void completionsEmbeddingsAndModelsAreRead() {
        Completion completion = client.completions()
                .create(CompletionCreateParams.builder()
                        .model("m")
                        .prompt("Once upon a time")
                        .temperature(0)
                        .maxTokens(4)
                        .logprobs(1)
                        .build());
        assertThat(completion
                        .choices()
                        .get(0)
                        .logprobs()
                        .orElseThrow()
                        .tokenLogprobs()
                        .orElseThrow())
                .hasSize(4);
        List<Float> vector = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("m")
                        .input("Once upon a time")
                        .build())
                .data()
                .get(0)
                .embedding();
        assertThat(vector).hasSize(64);
        assertThat(client.models().list().data()).extracting(Model::id).containsExactly("m");
    }

    @Test
    void refusalsArriveAsTheClientsExceptions() {
        assertThatThrownBy(() ->
                        client.chat().completions().create(chat().model("other").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("other");
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(chat().maxCompletionTokens(100_000).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("512");
    }
}
