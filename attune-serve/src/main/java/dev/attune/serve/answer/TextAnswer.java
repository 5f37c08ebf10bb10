package dev.attune.serve.answer;

import dev.attune.serve.generation.Delta;
import dev.attune.serve.model.ModelTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The answer of /v1/completions, whole or in chunks. The choices of the first prompt come first. */
public final class TextAnswer implements Answer {
    private static final String OBJECT = "text_completion";

    private final AnswerHead head;
    private final AnswerShape shape;
    private final List<EchoPrompt> prompts;
    private final List<TextChoice> choices = new ArrayList<>();

    public TextAnswer(String model, AnswerShape shape, ModelTexts texts, List<EchoPrompt> prompts) {
        this.head = AnswerHead.of("cmpl-", model);
        this.shape = shape;
        this.prompts = prompts;
        for (EchoPrompt prompt : prompts) {
            for (int i = 0; i < shape.choices(); i++) {
                choices.add(new TextChoice(choices.size(), prompt, shape, texts));
            }
        }
    }

    @Override
    public ObjectNode whole(List<Delta> deltas) {
        ObjectNode answer = head.json(OBJECT);
        var array = answer.putArray("choices");
        for (int i = 0; i < deltas.size(); i++) {
            array.add(choices.get(i).json(deltas.get(i)));
        }
        answer.set("usage", usage().json());
        return answer;
    }

    @Override
    public void begin(Consumer<ObjectNode> events) {}

    @Override
    public void add(List<Delta> deltas, Consumer<ObjectNode> events) {
        for (int i = 0; i < deltas.size(); i++) {
            if (!deltas.get(i).isEmpty()) {
                ObjectNode chunk = head.json(OBJECT);
                chunk.putArray("choices").add(choices.get(i).json(deltas.get(i)));
                if (shape.streamUsage()) {
                    chunk.putNull("usage");
                }
                events.accept(chunk);
            }
        }
    }

    @Override
    public void end(Consumer<ObjectNode> events) {
        if (shape.streamUsage()) {
            ObjectNode chunk = head.json(OBJECT);
            chunk.putArray("choices");
            chunk.set("usage", usage().json());
            events.accept(chunk);
        }
    }

    private Usage usage() {
        return new Usage(
                prompts.stream().mapToLong(prompt -> prompt.ids().size()).sum(),
                choices.stream().mapToLong(TextChoice::tokens).sum());
    }
}
