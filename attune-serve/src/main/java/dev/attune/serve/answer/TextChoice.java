package dev.attune.serve.answer;

import dev.attune.model.serving.SampledToken;
import dev.attune.serve.generation.Delta;
import dev.attune.serve.generation.Ending;
import dev.attune.serve.model.ModelTexts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One answer of a completion, as the JSON of its choice. */
final class TextChoice {
    private final int index;
    private final EchoPrompt prompt;
    private final AnswerShape shape;
    private final TextLogProbs logProbs;
    private boolean begun;
    private int tokens;

    TextChoice(int index, EchoPrompt prompt, AnswerShape shape, ModelTexts texts) {
        this.index = index;
        this.prompt = prompt;
        this.shape = shape;
        String echo = prompt.echo();
        this.logProbs = new TextLogProbs(texts, echo != null && !echo.startsWith(" "));
    }

    int tokens() {
        return tokens;
    }

    /** The choice with what came, after the prompt's text the first time. */
    ObjectNode json(Delta delta) {
        tokens += delta.tokens().size();
        String echo = prompt.echo();
        String text = begun || echo == null ? delta.text() : echo + delta.text();
        ObjectNode choice =
                JsonMapper.shared().createObjectNode().put("index", index).put("text", text);
        choice.set("logprobs", logProbs(delta));
        choice.put("finish_reason", finish(delta));
        if (shape.tokenIds()) {
            choice.set("token_ids", JsonMapper.shared().valueToTree(delta.ids()));
            if (!begun) {
                choice.set("prompt_token_ids", JsonMapper.shared().valueToTree(prompt.ids()));
            }
        }
        begun = true;
        return choice;
    }

    private JsonNode logProbs(Delta delta) {
        Integer top = shape.topLogProbs();
        List<SampledToken> entries = new ArrayList<>(delta.prompt());
        entries.addAll(delta.tokens());
        return top == null || (entries.isEmpty() && begun)
                ? JsonMapper.shared().nullNode()
                : logProbs.json(entries, top);
    }

    private static @Nullable String finish(Delta delta) {
        Ending ending = delta.ending();
        return ending == null ? null : ending == Ending.LENGTH ? "length" : "stop";
    }
}
