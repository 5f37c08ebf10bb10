package dev.attune.serve.request;

import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.fields.Found;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields that chats and completions have in common.
 *
 * @param choices number of answers per prompt
 * @param topK 0: all tokens
 * @param logitBias by token id
 * @param seed null: another one for each request
 * @param stop texts before which an answer ends
 * @param stream whether the answer comes as events
 * @param streamUsage whether the last event has the numbers of tokens
 * @param tokenIds whether the answer has the ids of its tokens
 */
public record SamplingFields(
        int choices,
        double temperature,
        double topP,
        int topK,
        double minP,
        double repetitionPenalty,
        double presencePenalty,
        double frequencyPenalty,
        Map<Integer, Double> logitBias,
        @Nullable Long seed,
        List<String> stop,
        boolean stream,
        boolean streamUsage,
        boolean tokenIds) {
    static final Set<String> NAMES = Set.of(
            "model",
            "n",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "repetition_penalty",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "seed",
            "stop",
            "stream",
            "stream_options",
            "return_token_ids",
            "max_tokens",
            "logprobs");

    private static final int MOST_STOPS = 16;

    static SamplingFields read(Fields request, int vocabularySize) {
        boolean stream = request.flag("stream", false);
        return new SamplingFields(
                (int) (long) Objects.requireNonNullElse(request.integer("n", 1, 128), 1L),
                request.number("temperature", 0, 2, 1),
                topP(request),
                topK(request),
                request.number("min_p", 0, 1, 0),
                repetition(request),
                request.number("presence_penalty", -2, 2, 0),
                request.number("frequency_penalty", -2, 2, 0),
                bias(request, vocabularySize),
                request.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                stops(request),
                stream,
                streamUsage(request, stream),
                request.flag("return_token_ids", false));
    }

    private static double topP(Fields request) {
        double share = request.number("top_p", 0, 1, 1);
        if (share == 0) {
            throw request.wrong("top_p", "a number above 0, up to 1");
        }
        return share;
    }

    /** As some servers do, -1 means all. */
    private static int topK(Fields request) {
        Long count = request.integer("top_k", -1, Integer.MAX_VALUE);
        return count == null ? 0 : (int) Math.max(0, count);
    }

    private static double repetition(Fields request) {
        double penalty = request.number("repetition_penalty", 0, 10, 1);
        if (penalty == 0) {
            throw request.wrong("repetition_penalty", "a number above 0, up to 10");
        }
        return penalty;
    }

    private static Map<Integer, Double> bias(Fields request, int vocabularySize) {
        Fields biases = request.object("logit_bias");
        if (biases == null) {
            return Map.of();
        }
        Fields named = biases.named("logit_bias");
        Map<Integer, Double> byId = new LinkedHashMap<>();
        for (var entry : named.node().properties()) {
            int id = id(entry.getKey(), vocabularySize);
            named.required(entry.getKey(), "a number from -100 to 100");
            byId.put(id, named.number(entry.getKey(), -100, 100, 0));
        }
        return byId;
    }

    private static int id(String key, int vocabularySize) {
        boolean digits = !key.isEmpty() && key.length() < 10 && key.chars().allMatch(c -> c >= '0' && c <= '9');
        int id = digits ? Integer.parseInt(key) : vocabularySize;
        if (id >= vocabularySize) {
            String shown = key.length() <= 40 ? "'" + key + "'" : "a long text";
            throw ApiException.invalid(
                    "logit_bias",
                    "logit_bias: found " + shown + ", expected a token id from 0 to " + (vocabularySize - 1));
        }
        return id;
    }

    private static List<String> stops(Fields request) {
        JsonNode value = request.get("stop");
        if (value == null) {
            return List.of();
        }
        List<String> stops =
                value.isString() ? List.of(value.stringValue()) : request.list("stop", SamplingFields::stop);
        if (stops.size() > MOST_STOPS) {
            throw request.wrong("stop", "at most " + MOST_STOPS + " strings");
        }
        for (String stop : stops) {
            if (stop.isEmpty() || stop.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
                throw ApiException.invalid("stop", "stop: found an empty string or half a character, expected a text");
            }
        }
        return List.copyOf(stops);
    }

    private static String stop(JsonNode item, String path) {
        if (!item.isString()) {
            throw ApiException.invalid("stop", path + ": found " + Found.of(item) + ", expected a string");
        }
        return item.stringValue();
    }

    private static boolean streamUsage(Fields request, boolean stream) {
        Fields options = request.object("stream_options");
        if (options == null) {
            return false;
        }
        if (!stream) {
            throw ApiException.invalid("stream_options", "stream_options: only allowed if stream is true");
        }
        options.only(List.of("include_usage", "include_obfuscation"));
        if (options.flag("include_obfuscation", false)) {
            throw ApiException.unsupported(
                    "stream_options", "stream_options.include_obfuscation: this server does not support it");
        }
        return options.flag("include_usage", false);
    }
}
