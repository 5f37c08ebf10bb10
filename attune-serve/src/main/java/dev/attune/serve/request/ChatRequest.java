package dev.attune.serve.request;

import dev.attune.core.text.Message;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.tool.ToolReader;
import dev.attune.serve.tool.Tools;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request of /v1/chat/completions.
 *
 * @param maxTokens null: to the end of the turn
 * @param topLogProbs null: no log-probabilities
 */
public record ChatRequest(
        List<Message> messages,
        Tools tools,
        ResponseFormat format,
        SamplingFields sampling,
        @Nullable Integer maxTokens,
        @Nullable Integer topLogProbs) {
    private static final KnownFields FIELDS = new KnownFields(served(), accepted());

    private static Set<String> served() {
        Set<String> names = new HashSet<>(SamplingFields.NAMES);
        names.addAll(List.of(
                "messages",
                "max_completion_tokens",
                "top_logprobs",
                "tools",
                "tool_choice",
                "parallel_tool_calls",
                "response_format"));
        return Set.copyOf(names);
    }

    private static Map<String, Predicate<JsonNode>> accepted() {
        Map<String, Predicate<JsonNode>> fields = new HashMap<>();
        for (String label :
                List.of("user", "metadata", "safety_identifier", "prompt_cache_key", "prompt_cache_retention")) {
            fields.put(label, KnownFields.ANY);
        }
        fields.put("store", KnownFields.FALSE);
        fields.put("service_tier", KnownFields.text("auto", "default"));
        fields.put("verbosity", KnownFields.text("medium"));
        fields.put(
                "modalities",
                value -> value.isArray()
                        && value.size() == 1
                        && value.get(0).asString("").equals("text"));
        for (String name : List.of(
                "audio", "prediction", "web_search_options", "reasoning_effort", "functions", "function_call")) {
            fields.put(name, KnownFields.NEVER);
        }
        return Map.copyOf(fields);
    }

    public static ChatRequest read(Fields request, int vocabularySize) {
        FIELDS.check(request);
        return new ChatRequest(
                MessageReader.read(request),
                ToolReader.read(request),
                ResponseFormat.read(request),
                SamplingFields.read(request, vocabularySize),
                maxTokens(request),
                topLogProbs(request));
    }

    /** The newer name has precedence. */
    private static @Nullable Integer maxTokens(Fields request) {
        Long older = request.integer("max_tokens", 1, Long.MAX_VALUE);
        Long newer = request.integer("max_completion_tokens", 1, Long.MAX_VALUE);
        Long most = newer == null ? older : newer;
        return most == null ? null : (Integer) (int) Math.min(Integer.MAX_VALUE, most);
    }

    private static @Nullable Integer topLogProbs(Fields request) {
        boolean asked = request.flag("logprobs", false);
        Long top = request.integer("top_logprobs", 0, 20);
        if (top != null && top > 0 && !asked) {
            throw ApiException.invalid("top_logprobs", "top_logprobs: only allowed if logprobs is true");
        }
        return asked ? (Integer) (top == null ? 0 : (int) (long) top) : null;
    }
}
