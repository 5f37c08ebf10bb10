package dev.attune.langchain4j;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A test double of a model that knows what LangChain4j's contract asks for: its answers go the way of real ones. */
final class KnowingModel implements StandIn.Reply {
    /** A call of a function, its arguments in the pieces of a stream. */
    private record Call(String name, List<String> arguments) {}

    /** An answer: calls, or tokens of text. */
    private record Answer(List<Call> calls, List<String> tokens, String finish) {
        ObjectNode usage() {
            int count = Math.max(1, tokens.size());
            return JsonMapper.shared()
                    .createObjectNode()
                    .put("prompt_tokens", 5)
                    .put("completion_tokens", count)
                    .put("total_tokens", 5 + count);
        }
    }

    private static final Call WEATHER =
            new Call("getWeather", List.of("{", " ", "\"city\"", ":\"Mun", "ich\"", "}", "\n"));

    @Override
    public void send(HttpExchange exchange, JsonNode request) throws IOException {
        String model = request.get("model").stringValue();
        if (model.equals("unknown")) {
            StandIn.error(404, "invalid_request_error", "model", "model_not_found", "no such model")
                    .send(exchange, request);
            return;
        }
        Answer answer = answer(request);
        if (request.path("stream").asBoolean(false)) {
            stream(exchange, model, answer);
        } else {
            StandIn.json(200, whole(model, answer)).send(exchange, request);
        }
    }

    private static Answer answer(JsonNode request) {
        JsonNode messages = request.get("messages");
        JsonNode last = messages.get(messages.size() - 1);
        String asked = last.get("content").stringValue();
        boolean json = request.has("response_format");
        if (last.get("role").stringValue().equals("tool")) {
            return text(request, json ? "{\"weather\": \"" + asked + "\"}" : "It is " + results(messages) + " there.");
        }
        if (request.has("tools")) {
            return new Answer(calls(asked), List.of(), "tool_calls");
        }
        return text(request, json ? "{\"city\": \"Berlin\"}" : spoken(asked));
    }

    private static List<Call> calls(String asked) {
        if (asked.contains("time in France")) {
            return List.of(WEATHER, new Call("getTime", List.of("{\"country\":", "\"France\"}")));
        }
        return List.of(asked.contains("get_current_time") ? new Call("get_current_time", List.of()) : WEATHER);
    }

    private static String results(JsonNode messages) {
        List<String> results = new ArrayList<>();
        for (JsonNode message : messages) {
            if (message.get("role").stringValue().equals("tool")) {
                results.add(message.get("content").stringValue());
            }
        }
        return String.join(" and ", results);
    }

    private static String spoken(String asked) {
        if (asked.contains("Germany")) {
            return "The capital of Germany is Berlin, by the way.";
        }
        return asked.contains("color") ? "It is green." : asked.contains("love") ? "Ich liebe dich." : "Hello World";
    }

    private static Answer text(JsonNode request, String text) {
        String kept = request.has("stop") ? text.substring(0, Math.max(0, text.indexOf(" World"))) : text;
        List<String> tokens = List.of(kept.split("(?= )"));
        int most = request.path("max_tokens").asInt(Integer.MAX_VALUE);
        return tokens.size() > most
                ? new Answer(List.of(), tokens.subList(0, most), "length")
                : new Answer(List.of(), tokens, "stop");
    }

    private static String whole(String model, Answer answer) {
        ObjectNode json = head(model);
        ObjectNode choice = json.putArray("choices").addObject().put("finish_reason", answer.finish());
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", answer.calls().isEmpty() ? String.join("", answer.tokens()) : null);
        for (int i = 0; i < answer.calls().size(); i++) {
            Call call = answer.calls().get(i);
            message.withArray("tool_calls").add(fragment(i, call, String.join("", call.arguments())));
        }
        json.set("usage", answer.usage());
        return json.toString();
    }

    private static ObjectNode head(String model) {
        return JsonMapper.shared().createObjectNode().put("id", "answer-1").put("model", model);
    }

    private static ObjectNode fragment(int index, Call call, String arguments) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("index", index);
        json.put("id", "call_" + index).put("type", "function");
        json.putObject("function").put("name", call.name()).put("arguments", arguments);
        return json;
    }

    private static void stream(HttpExchange exchange, String model, Answer answer) throws IOException {
        OutputStream out = StandIn.begin(exchange);
        write(out, ": keep-alive\n\n");
        for (String token : answer.tokens()) {
            send(out, model, delta -> delta.put("content", token), null);
        }
        for (int i = 0; i < answer.calls().size(); i++) {
            int index = i;
            Call call = answer.calls().get(i);
            send(out, model, delta -> delta.withArray("tool_calls").add(fragment(index, call, "")), null);
            for (String piece : call.arguments()) {
                ObjectNode more = JsonMapper.shared().createObjectNode().put("index", index);
                more.putObject("function").put("arguments", piece);
                send(out, model, delta -> delta.withArray("tool_calls").add(more), null);
            }
        }
        send(out, model, delta -> {}, answer.finish());
        ObjectNode last = head(model);
        last.putArray("choices");
        last.set("usage", answer.usage());
        write(out, "data: " + last + "\n\ndata: [DONE]\n\n");
    }

    private static void send(OutputStream out, String model, Consumer<ObjectNode> filling, String finish)
            throws IOException {
        ObjectNode json = head(model);
        ObjectNode choice = json.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
        filling.accept(choice.putObject("delta"));
        write(out, "data: " + json + "\n\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
