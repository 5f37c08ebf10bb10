package dev.attune.core.json;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Prompts as datasets hold them: a text, or a list of messages. */
final class PromptModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    PromptModule() {
        super("prompts");
        addSerializer(new Writer());
        addDeserializer(Prompt.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Prompt> {
        Writer() {
            super(Prompt.class);
        }

        @Override
        public void serialize(Prompt prompt, JsonGenerator out, SerializationContext context) {
            if (prompt instanceof Prompt.Text text) {
                out.writeString(text.text());
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
            return in.currentToken() == JsonToken.VALUE_STRING
                    ? new Prompt.Text(in.getString())
                    : new Prompt.Chat(List.of(context.readValue(in, Message[].class)));
        }
    }
}
