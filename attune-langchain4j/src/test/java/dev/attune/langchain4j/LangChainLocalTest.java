package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.attune.langchain4j.local.LocalServer;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.AdapterSpec;
import dev.attune.model.adapter.PeftFiles;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.serving.EngineStatus;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.serve.local.DirectoryModel;
import dev.attune.serve.local.DirectoryOptions;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Tag("shared")
class LangChainLocalTest {
    private static final ChatRequest LONG = ChatRequest.builder()
            .messages(UserMessage.from("Once upon a time"))
            .temperature(0.0)
            .maxOutputTokens(64)
            .build();

    private static DirectoryModel stories;
    private static LocalServer server;

    @BeforeAll
    static void open() {
        stories = DirectoryModel.open(
                SharedModels.folder("stories260K"),
                DirectoryOptions.of(SharedModels.STORIES)
                        .withPlaces(4)
                        .withCacheBytes(1L << 26)
                        .withConversations(ConversationOptions.named("chatml")));
        server = LocalServer.builder()
                .model(stories.served())
                .model(stories.served().withId("free").withConstraints(null))
                .start();
    }

    @AfterAll
    static void close() {
        server.close();
        stories.close();
    }

    private static EngineStatus status() {
        return Objects.requireNonNull(stories.served().engine()).status();
    }

    @Test
    void aStreamAndAWholeAnswerAreEqual() throws Exception {
        ChatResponse whole = AttuneChatModel.builder().server(server).build().chat(LONG);
        Recorded handler = new Recorded();
        AttuneStreamingChatModel.builder().server(server).build().chat(LONG, handler);
        ChatResponse streamed = handler.await();
        assertThat(whole.aiMessage().text()).isNotEmpty();
        assertThat(whole.tokenUsage().outputTokenCount()).isBetween(1, 64);
        assertThat(streamed.aiMessage()).isEqualTo(whole.aiMessage());
        assertThat(streamed.tokenUsage()).isEqualTo(whole.tokenUsage());
        assertThat(streamed.finishReason()).isEqualTo(whole.finishReason());
        assertThat(streamed.modelName()).isEqualTo(SharedModels.STORIES);
        assertThat(String.join("", handler.texts)).isEqualTo(whole.aiMessage().text());
    }

    @Test
    void cancellingEndsTheComputing() throws Exception {
        long before = status().cancelled();
        Recorded handler = new Recorded();
        ChatRequest endless = ChatRequest.builder()
                .messages(UserMessage.from("Once upon a time"))
                .maxOutputTokens(450)
                .build();
        AttuneStreamingChatModel.builder().server(server).build().chat(endless, handler);
        handler.handle.get(20, TimeUnit.SECONDS).cancel();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (status().cancelled() == before && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(status().cancelled()).isEqualTo(before + 1);
        assertThat(handler.events).doesNotContain("complete", "error");
    }

    @Test
    void answersInJsonAreJson() {
        ChatResponse answer = AttuneChatModel.builder()
                .server(server)
                .build()
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("a"))
                        .responseFormat(ResponseFormat.JSON)
                        .maxOutputTokens(48)
                        .build());
        assertThat(JsonMapper.shared().readTree(answer.aiMessage().text()).isObject())
                .isTrue();
    }

    @Test
    void aModelWithoutConstraintsRefusesJsonBeforeItIsAsked() {
        AttuneChatModel free =
                AttuneChatModel.builder().server(server).modelName("free").build();
        assertThatThrownBy(() -> free.chat(ChatRequest.builder()
                        .messages(UserMessage.from("a"))
                        .responseFormat(ResponseFormat.JSON)
                        .build()))
                .isExactlyInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("JSON response format is not supported: answers of the model 'free' cannot be constrained");
        assertThat(free.supportedCapabilities()).isEmpty();
        assertThat(AttuneChatModel.builder().server(server).build().supportedCapabilities())
                .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Test
    void othersOnThisMachineNeedTheKey() {
        AttuneChatModel stranger = AttuneChatModel.builder()
                .baseUrl(server.baseUrl().toString())
                .apiKey("guess")
                .modelName(SharedModels.STORIES)
                .build();
        assertThatThrownBy(() -> stranger.chat("a")).isExactlyInstanceOf(AuthenticationException.class);
    }

    @Test
    void equalTextsHaveEqualVectorsOfLengthOne() {
        List<Embedding> vectors = AttuneEmbeddingModel.builder()
                .server(server)
                .build()
                .embedAll(List.of(TextSegment.from("the cat"), TextSegment.from("a dog"), TextSegment.from("the cat")))
                .content();
        assertThat(vectors).hasSize(3);
        assertThat(vectors.get(2)).isEqualTo(vectors.get(0)).isNotEqualTo(vectors.get(1));
        double sum = 0;
        for (float number : vectors.get(0).vector()) {
            sum += number * number;
        }
        assertThat(sum).isCloseTo(1, offset(1e-5));
    }

    @Test
    void aRewardModelScoresInOrder(@TempDir Path folder) {
        saveRewardModel(folder);
        try (AttuneScoringModel model =
                AttuneScoringModel.builder().model(folder).build()) {
            Response<List<Double>> answer = model.scoreAll(
                    List.of(TextSegment.from("abc"), TextSegment.from("d"), TextSegment.from("abc")), "say");
            List<Double> scores = answer.content();
            assertThat(scores).hasSize(3).doesNotContainNull();
            assertThat(scores.get(2)).isEqualTo(scores.get(0)).isNotEqualTo(scores.get(1));
            assertThat(model.score("d", "say").content()).isCloseTo(scores.get(1), offset(1e-5));
            assertThat(answer.tokenUsage().inputTokenCount()).isPositive();
        }
    }

    /** stories260K with a random head. */
    private static void saveRewardModel(Path folder) {
        Path backbone = SharedModels.folder("stories260K");
        try (CausalLm model = Checkpoints.loadCausal(backbone);
                RewardModel reward = RewardModel.fromBackbone(model, 5);
                Tokenizer tokenizer = Checkpoints.tokenizer(backbone)) {
            Checkpoints.saveReward(folder, reward, tokenizer, DType.FLOAT32);
        }
    }

    @Test
    void anAdapterIsServedOnItsBase(@TempDir Path folder) {
        Path directory = folder.resolve("ada");
        Path base = SharedModels.folder("stories260K").toAbsolutePath();
        try (CausalLm model = Checkpoints.loadCausal(base);
                Adapter adapter = Adapter.create(model.asBase(), AdapterSpec.of(2), 3)) {
            PeftFiles.save(directory, adapter, base.toString(), DType.FLOAT32);
        }
        try (LocalServer local = LocalServer.open(directory)) {
            assertThat(local.modelName()).isEqualTo("ada");
            AttuneChatModel model = AttuneChatModel.builder().server(local).build();
            assertThatThrownBy(() -> model.chat("a"))
                    .isExactlyInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the model 'ada' has no chat template");
        }
    }
}
