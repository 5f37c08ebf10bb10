package dev.attune.langchain4j;

import dev.attune.langchain4j.local.LocalServer;
import dev.attune.model.SmolLm2;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.serve.local.DirectoryOptions;
import java.nio.file.Path;

/** Servers in this process over the models of the shared folder. */
final class SharedModels {
    static final String CHAT = "smollm2";
    static final String STORIES = "stories";

    private SharedModels() {}

    /** SmolLM2-135M-Instruct, and stories260K with a template that it was not trained on. */
    static LocalServer chat() {
        return LocalServer.builder()
                .model(SmolLm2.directory(), sized(CHAT))
                .model(folder("stories260K"), sized(STORIES).withConversations(ConversationOptions.named("chatml")))
                .start();
    }

    /** stories260K alone: fast, and knows nothing. */
    static LocalServer stories() {
        return LocalServer.builder()
                .model(folder("stories260K"), sized(STORIES).withConversations(ConversationOptions.named("chatml")))
                .start();
    }

    private static DirectoryOptions sized(String id) {
        return DirectoryOptions.of(id).withPlaces(4).withCacheBytes(1L << 28);
    }

    static Path folder(String name) {
        return Path.of(System.getProperty("attune.shared"), "models", name);
    }
}
