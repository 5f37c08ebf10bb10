package dev.attune.core.json;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Reads and writes prompts as in datasets: a text, a list of messages, or an object of {@code messages} and
 * {@code tools} if the conversation has tools.
 */
final class PromptModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    PromptModule() {
        super("prompts");
        addSerializer(new Writer());
        addDeserializer(Prompt.class, new Reader());
    }

    private record WithTools(List<Message> messages, List<Map<String, @Nullable Object>> tools) {}

    private static final class Writer extends StdSerializer<Prompt> {
        Writer() {
            super(Prompt.class);
        }

        @Override
        public void serialize(Prompt prompt, JsonGenerator out, SerializationContext context) {
            if (prompt instanceof Prompt.Text text) {
                out.writeString(text.text());
            } else if (prompt instanceof Prompt.Chat chat && !chat.tools().isEmpty()) {
                out.writePOJO(new WithTools(chat.messages(), chat.tools()));
            } else {
                out.writePOJO(prompt.messages());
            }
        }
    }

    private static final class Reader extends StdDeserializer<Prompt> {
        Reader() {
            super(Prompt.class);
        }

        @Override
        public Prompt deserialize(JsonParser in, DeserializationContext context) {
            return switch (in.currentToken()) {
                case VALUE_STRING -> new Prompt.Text(in.getString());
                case START_OBJECT -> {
                    WithTools chat = context.readValue(in, WithTools.class);
                    yield new Prompt.Chat(chat.messages(), chat.tools());
                }
                default -> new Prompt.Chat(List.of(context.readValue(in, Message[].class)));
            };
        }
    }
}
