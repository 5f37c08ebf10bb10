package dev.attune.langchain4j;

import dev.attune.langchain4j.local.LocalServer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class LangChainExample {
    /** A server that was started by {@code attune serve MODEL}. */
    static ChatModel elsewhere(String address, String model) {
        return AttuneChatModel.builder()
                .baseUrl(address) // http://127.0.0.1:8000/v1
                .modelName(model)
                .temperature(0.0)
                .build();
    }

    /** A model in this process, shared by three of LangChain4j's. */
    public static void main(String[] args) {
        try (LocalServer server = LocalServer.open(Path.of(args[0]))) {
            var chat = AttuneChatModel.builder().server(server).temperature(0.0).build();
            System.out.println(chat.chat("What is the capital of Germany?"));

            var city = JsonObjectSchema.builder().addStringProperty("city").required("city");
            var format = JsonSchema.builder().name("Answer").rootElement(city.build());
            System.out.println(chat.chat(ChatRequest.builder()
                            .messages(UserMessage.from("What is the capital of Germany?"))
                            .parameters(ChatRequestParameters.builder()
                                    .responseFormat(format.build())
                                    .build())
                            .build())
                    .aiMessage()
                    .text());

            var embeddings = AttuneEmbeddingModel.builder().server(server).build();
            System.out.println(embeddings.embed("a text").content().dimension());

            stream(AttuneStreamingChatModel.builder()
                    .server(server)
                    .maxOutputTokens(20)
                    .build());
        }
    }

    private static void stream(AttuneStreamingChatModel model) {
        var end = new CompletableFuture<ChatResponse>();
        model.chat(List.of(UserMessage.from("Tell me a story")), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                System.out.print(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        });
        System.out.println("\n" + end.join().tokenUsage());
    }
}
