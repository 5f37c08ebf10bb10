package dev.attune.feedback.endpoint;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.json.Json;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Parses the response of a server. */
final class ChatAnswer {
    private final String place;
    private final JsonNode answer;

    private ChatAnswer(String place, JsonNode answer) {
        this.place = place;
        this.answer = answer;
    }

    /** @param place for messages */
    static ChatAnswer parse(String place, String body) {
        try {
            return new ChatAnswer(place, Json.tree(body));
        } catch (JacksonException e) {
            throw malformed(place, Json.reason(e));
        }
    }

    /** The counts of tokens; missing if the server reports none. */
    JsonNode usage() {
        return answer.path("usage");
    }

    /**
     * The completions. There may be fewer than requested: some servers always return one.
     */
    List<TextCompletion> completions() {
        JsonNode choices = answer.path("choices");
        if (!choices.isArray() || choices.isEmpty()) {
            throw malformed("no choices");
        }
        List<TextCompletion> completions = new ArrayList<>();
        for (JsonNode choice : choices) {
            completions.add(completion(choice, choices.size() == 1 ? answer.path("usage") : null));
        }
        return completions;
    }

    /** The first completion with the most probable tokens of its positions. */
    TokenChoices choices() {
        TextCompletion first = completions().get(0);
        List<TokenChoices.Position> positions = new ArrayList<>();
        for (JsonNode token : answer.path("choices").path(0).path("logprobs").path("content")) {
            List<TokenChoices.Choice> top = new ArrayList<>();
            for (JsonNode one : token.path("top_logprobs")) {
                top.add(new TokenChoices.Choice(
                        one.path("token").asString(""), one.path("logprob").asDouble(Double.NEGATIVE_INFINITY)));
            }
            positions.add(new TokenChoices.Position(token.path("token").asString(""), top));
        }
        return new TokenChoices(first, positions);
    }

    private TextCompletion completion(JsonNode choice, @Nullable JsonNode usage) {
        JsonNode content = choice.path("message").path("content");
        if (!content.isString()) {
            throw malformed("a choice without a text");
        }
        JsonNode tokens = choice.path("logprobs").path("content");
        return new TextCompletion(content.stringValue(), count(tokens, usage), logProbability(tokens), stop(choice));
    }

    private static int count(JsonNode tokens, @Nullable JsonNode usage) {
        if (tokens.isArray()) {
            return tokens.size();
        }
        JsonNode counted = usage == null ? null : usage.get("completion_tokens");
        return counted != null && counted.isInt() ? counted.intValue() : 0;
    }

    private double logProbability(JsonNode tokens) {
        if (!tokens.isArray()) {
            return Double.NaN;
        }
        double sum = 0;
        for (JsonNode token : tokens) {
            JsonNode one = token.path("logprob");
            if (!one.isNumber()) {
                throw malformed("a token without a log-probability");
            }
            sum += one.doubleValue();
        }
        return sum;
    }

    private StopReason stop(JsonNode choice) {
        JsonNode reason = choice.path("finish_reason");
        String word = reason.isString() ? reason.stringValue() : "nothing";
        return switch (word) {
            case "length" -> StopReason.LENGTH;
            case "stop" -> choice.path("stop_reason").isString() ? StopReason.STOP_STRING : StopReason.END_TOKEN;
            case "content_filter" -> throw new RunFailedException(place + ": the server withheld its answer");
            default -> throw malformed("the finish_reason " + shortened(word));
        };
    }

    private RunFailedException malformed(String found) {
        return malformed(place, found);
    }

    private static RunFailedException malformed(String place, String found) {
        return new RunFailedException(place + ": the response is not a chat completion: " + found);
    }

    /** The error message of a server, in one line. */
    static String complaint(String body) {
        try {
            JsonNode tree = Json.tree(body);
            JsonNode error = tree.path("error");
            for (JsonNode message : List.of(error.path("message"), error, tree.path("message"), tree.path("detail"))) {
                if (message.isString()) {
                    return shortened(message.stringValue());
                }
            }
        } catch (JacksonException e) {
            // not JSON: used unchanged
        }
        return shortened(body);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
