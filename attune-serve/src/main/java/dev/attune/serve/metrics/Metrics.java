package dev.attune.serve.metrics;

import dev.attune.model.serving.EngineStatus;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** What the server counts. Written in Prometheus' text format 0.0.4. */
public final class Metrics {
    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> durations = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> firstTokens = new ConcurrentSkipListMap<>();
    private final LongAdder left = new LongAdder();
    private final LongAdder timeouts = new LongAdder();

    /**
     * Counts an answered request.
     *
     * @param route the path of a known route, or {@code other}
     * @param status of HTTP; 499 if the client left
     */
    public void request(String route, int status, long nanos) {
        String labels = "route=\"" + route + "\"";
        requests.computeIfAbsent(labels + ",status=\"" + status + "\"", key -> new LongAdder())
                .increment();
        durations.computeIfAbsent(labels, key -> new Histogram()).add(nanos);
    }

    /** Notes the time from the start of a request to its first token. */
    public void firstToken(String model, long nanos) {
        firstTokens
                .computeIfAbsent("model=\"" + escape(model) + "\"", key -> new Histogram())
                .add(nanos);
    }

    /** Counts a request whose client left before its answer was whole. */
    public void clientLeft() {
        left.increment();
    }

    /** Counts a request that was cancelled because it took too long. */
    public void timeout() {
        timeouts.increment();
    }

    /** @param engines by the model's name */
    public String text(Map<String, EngineStatus> engines) {
        StringBuilder out = new StringBuilder();
        head(out, "attune_requests_total", "counter", "Answered requests by route and status (499: the client left).");
        requests.forEach((labels, count) -> out.append("attune_requests_total{")
                .append(labels)
                .append("} ")
                .append(count.sum())
                .append('\n'));
        single(out, "attune_clients_left_total", "Requests whose client left before the answer was whole.", left);
        single(out, "attune_timeouts_total", "Requests that were cancelled because they took too long.", timeouts);
        engines(out, engines);
        head(out, "attune_first_token_seconds", "histogram", "Time from the start of a request to its first token.");
        firstTokens.forEach((labels, times) -> times.write(out, "attune_first_token_seconds", labels));
        head(out, "attune_request_seconds", "histogram", "Time from the start of a request to its end.");
        durations.forEach((labels, times) -> times.write(out, "attune_request_seconds", labels));
        return out.toString();
    }

    private static void engines(StringBuilder out, Map<String, EngineStatus> engines) {
        counter(out, engines, "finished", "Sequences that were finished.", EngineStatus::finished);
        counter(out, engines, "cancelled", "Sequences that were cancelled.", EngineStatus::cancelled);
        counter(out, engines, "failed", "Sequences that failed.", EngineStatus::failed);
        counter(out, engines, "refused", "Sequences that met a full queue.", EngineStatus::refused);
        counter(out, engines, "prompt_tokens", "Tokens of prompts.", EngineStatus::promptTokens);
        counter(out, engines, "reused_tokens", "Tokens of prompts that were cached.", EngineStatus::reusedTokens);
        counter(out, engines, "sampled_tokens", "Tokens that were sampled.", EngineStatus::sampledTokens);
        gauge(out, engines, "running", "Sequences that decode now.", EngineStatus::running);
        gauge(out, engines, "waiting", "Sequences in the queue.", EngineStatus::waiting);
        gauge(out, engines, "places", "Sequences that can decode at once.", EngineStatus::places);
        gauge(out, engines, "cached_tokens", "Tokens in the cache.", EngineStatus::cachedTokens);
        gauge(out, engines, "cache_limit_tokens", "Tokens that fit the cache.", EngineStatus::cacheLimit);
    }

    private static void counter(
            StringBuilder out,
            Map<String, EngineStatus> engines,
            String name,
            String help,
            ToLongFunction<EngineStatus> value) {
        values(out, engines, "attune_" + name + "_total", "counter", help, value);
    }

    private static void gauge(
            StringBuilder out,
            Map<String, EngineStatus> engines,
            String name,
            String help,
            ToLongFunction<EngineStatus> value) {
        values(out, engines, "attune_" + name, "gauge", help, value);
    }

    private static void values(
            StringBuilder out,
            Map<String, EngineStatus> engines,
            String name,
            String type,
            String help,
            ToLongFunction<EngineStatus> value) {
        head(out, name, type, help);
        engines.forEach((model, status) -> out.append(name)
                .append("{model=\"")
                .append(escape(model))
                .append("\"} ")
                .append(value.applyAsLong(Objects.requireNonNull(status)))
                .append('\n'));
    }

    private static void single(StringBuilder out, String name, String help, LongAdder count) {
        head(out, name, "counter", help);
        out.append(name).append(' ').append(count.sum()).append('\n');
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
