package dev.attune.langchain4j.chat;

import dev.attune.langchain4j.http.ApiClient;
import dev.attune.langchain4j.http.EventReader;
import dev.attune.langchain4j.http.LineStream;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One streamed answer, read on a thread of its own, which alone calls the handler. */
public final class ChatStream implements Runnable {
    private static final String DONE = "[DONE]";

    private final Supplier<LineStream> source;
    private final Handle handle = new Handle();
    private final Listener listener;
    private final AnswerParts parts = new AnswerParts();
    private final StreamedCalls calls;

    /** Cancelling closes the connection, by which the server knows to stop computing. */
    private static final class Handle implements StreamingHandle {
        private volatile boolean cancelled;
        private volatile @Nullable LineStream lines;

        @Override
        public void cancel() {
            cancelled = true;
            LineStream open = lines;
            if (open != null) {
                open.close();
            }
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    private ChatStream(Supplier<LineStream> source, StreamingChatResponseHandler handler) {
        this.source = source;
        this.listener = new Listener(handler, handle);
        this.calls = new StreamedCalls(parts.calls, listener);
    }

    /**
     * Starts to read.
     *
     * @param source sends the request
     */
    public static void start(Supplier<LineStream> source, StreamingChatResponseHandler handler) {
        Thread thread = new Thread(new ChatStream(source, handler), "attune-stream");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try (LineStream lines = source.get()) {
            handle.lines = lines;
            read(new EventReader(lines::next));
            lines.finish();
        } catch (RuntimeException | Error e) {
            listener.error(e);
        }
    }

    private void read(EventReader events) {
        String data = events.next();
        while (!DONE.equals(data)) {
            if (handle.isCancelled()) {
                return;
            }
            if (data == null) {
                throw new RetriableException("the stream ended before it was complete");
            }
            add(parsed(data));
            data = events.next();
        }
        calls.end();
        listener.complete(parts.response());
    }

    private static JsonNode parsed(String data) {
        JsonNode chunk;
        try {
            chunk = JsonMapper.shared().readTree(data);
        } catch (JacksonException e) {
            throw new LangChain4jException("an event of the stream is not JSON: " + e.getOriginalMessage(), e);
        }
        if (chunk.hasNonNull("error")) {
            throw ApiClient.error(chunk.path("error"));
        }
        return chunk;
    }

    private void add(JsonNode chunk) {
        parts.head(chunk);
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        String thinking = AnswerParts.string(delta, "reasoning_content");
        if (thinking != null && !thinking.isEmpty()) {
            parts.thinking.append(thinking);
            listener.thinking(thinking);
        }
        String text = AnswerParts.string(delta, "content");
        if (text != null && !text.isEmpty()) {
            parts.text.append(text);
            listener.text(text);
        }
        delta.path("tool_calls").forEach(calls::add);
        parts.finish(choice);
    }
}
