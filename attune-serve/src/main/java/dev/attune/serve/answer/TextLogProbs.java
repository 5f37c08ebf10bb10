package dev.attune.serve.answer;

import dev.attune.model.serving.SampledToken;
import dev.attune.serve.model.ModelTexts;
import dev.attune.serve.text.AnswerText;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Log-probabilities of one text in the shape of completions, with the place of each token. */
final class TextLogProbs {
    private final ModelTexts texts;
    private final AnswerText text;
    private int offset;
    private boolean cutSpace;

    /** @param cutSpace whether the first token's leading space is not part of the text */
    TextLogProbs(ModelTexts texts, boolean cutSpace) {
        this.texts = texts;
        this.text = new AnswerText(texts, List.of(), "");
        this.cutSpace = cutSpace;
    }

    /** @param top number of alternatives that were asked for */
    ObjectNode json(List<SampledToken> tokens, int top) {
        ObjectNode logProbs = JsonMapper.shared().createObjectNode();
        ArrayNode names = logProbs.putArray("tokens");
        ArrayNode values = logProbs.putArray("token_logprobs");
        ArrayNode tops = top == 0 ? null : logProbs.putArray("top_logprobs");
        if (tops == null) {
            logProbs.putNull("top_logprobs");
        }
        ArrayNode offsets = logProbs.putArray("text_offset");
        for (SampledToken token : tokens) {
            boolean first = Float.isNaN(token.logProb());
            names.add(texts.name(token.id()));
            offsets.add(offset);
            advance(token.id());
            if (first) {
                values.addNull();
            } else {
                values.add(LogProbs.finite(token.logProb()));
            }
            if (tops != null && first) {
                tops.addNull();
            } else if (tops != null) {
                alternatives(tops.addObject(), token);
            }
        }
        return logProbs;
    }

    private void advance(int id) {
        String piece = text.add(id);
        boolean cut = cutSpace && piece.startsWith(" ");
        cutSpace &= piece.isEmpty();
        offset += piece.length() - (cut ? 1 : 0);
    }

    private void alternatives(ObjectNode map, SampledToken token) {
        for (SampledToken.Alternative other : token.top()) {
            String name = texts.name(other.id());
            if (!map.has(name)) {
                map.put(name, LogProbs.finite(other.logProb()));
            }
        }
        if (!map.has(texts.name(token.id()))) {
            map.put(texts.name(token.id()), LogProbs.finite(token.logProb()));
        }
    }
}
