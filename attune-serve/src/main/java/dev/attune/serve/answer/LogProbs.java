package dev.attune.serve.answer;

import dev.attune.model.serving.SampledToken;
import dev.attune.serve.model.ModelTexts;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Log-probabilities in the shape of chats. All numbers are finite: OpenAI's smallest one is -9999. */
final class LogProbs {
    private static final double SMALLEST = -9999;

    private LogProbs() {}

    static double finite(float logProb) {
        return Float.isFinite(logProb)
                ? Math.max(SMALLEST, Double.parseDouble(Float.toString(logProb)))
                : logProb == Float.POSITIVE_INFINITY ? 0 : SMALLEST;
    }

    static ObjectNode chat(List<SampledToken> tokens, ModelTexts texts) {
        ObjectNode logProbs = JsonMapper.shared().createObjectNode();
        ArrayNode content = logProbs.putArray("content");
        for (SampledToken token : tokens) {
            ObjectNode entry = entry(content, token.id(), token.logProb(), texts);
            ArrayNode top = entry.putArray("top_logprobs");
            token.top().forEach(other -> entry(top, other.id(), other.logProb(), texts));
        }
        logProbs.putNull("refusal");
        return logProbs;
    }

    private static ObjectNode entry(ArrayNode array, int id, float logProb, ModelTexts texts) {
        ObjectNode entry = array.addObject().put("token", texts.name(id)).put("logprob", finite(logProb));
        ArrayNode bytes = entry.putArray("bytes");
        for (byte b : texts.nameBytes(id)) {
            bytes.add(b & 0xFF);
        }
        return entry;
    }
}
