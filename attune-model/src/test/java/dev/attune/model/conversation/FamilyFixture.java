package dev.attune.model.conversation;

import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of ../shared/data/templates: a family's template, a tokenizer, and conversations as transformers renders and
 * encodes them.
 */
record FamilyFixture(String name, HuggingFaceTokenizer tokenizer, JsonNode golden) {
    static final Path FOLDER = Path.of(System.getProperty("attune.shared"), "data", "templates");

    static List<String> names() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FamilyFixture open(String name) {
        try {
            Path folder = FOLDER.resolve(name);
            return new FamilyFixture(
                    name,
                    HuggingFaceTokenizer.load(folder),
                    JsonMapper.shared().readTree(Files.readString(folder.resolve("golden.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, JsonNode> conversations() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        golden.get("conversations").properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    /** An encoder with the family's own template and the options of a conversation. */
    ConversationEncoder encoder(JsonNode conversation, SpecialWords words) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>(object(golden.path("kwargs")));
        options.putAll(object(conversation.path("kwargs")));
        String clock = golden.path("clock").asString("");
        return ConversationEncoder.of(
                tokenizer,
                new ConversationOptions(
                        null, options, ConversationOptions.date("clock", clock.isEmpty() ? null : clock), words));
    }

    @SuppressWarnings("unchecked") // a JSON object
    private static Map<String, @Nullable Object> object(JsonNode node) {
        return node.isObject() ? JsonMapper.shared().convertValue(node, Map.class) : Map.of();
    }

    static Conversation conversation(JsonNode node) {
        List<Message> messages = node.get("messages")
                .valueStream()
                .map(message -> Json.records().treeToValue(message, Message.class))
                .toList();
        return new Conversation(messages, List.of());
    }

    static int @Nullable [] ids(@Nullable JsonNode node) {
        return node == null || node.isNull()
                ? null
                : node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}
