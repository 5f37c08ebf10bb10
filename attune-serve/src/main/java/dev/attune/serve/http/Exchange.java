package dev.attune.serve.http;

import dev.attune.serve.error.ApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One request and its answer. For one thread, which waits for the network. */
public final class Exchange {
    private static final int DISCARDED_BODIES = 8;

    private final Request request;
    private final Response response;
    private final long maxBodyBytes;
    private final ClientWatch watch;
    private boolean streaming;

    Exchange(Request request, Response response, long maxBodyBytes) {
        this.request = request;
        this.response = response;
        this.maxBodyBytes = maxBodyBytes;
        this.watch = new ClientWatch(request);
    }

    public String method() {
        return request.getMethod();
    }

    public String path() {
        return Request.getPathInContext(request);
    }

    /** The path after a prefix, decoded. */
    public String pathAfter(String prefix) {
        return URIUtil.decodePath(path().substring(prefix.length()));
    }

    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    public void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    /** Whether the client closed its connection. Only after the body was read. */
    public boolean clientLeft() {
        return watch.gone();
    }

    /** Whether the status is sent already. */
    public boolean streaming() {
        return streaming;
    }

    /** The status of the answer. */
    public int status() {
        return response.getStatus();
    }

    /** The body as a JSON object. */
    public ObjectNode body() {
        String encoding = header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw ApiException.refused(415, null, "the body is encoded as " + encoding + "; send it as it is");
        }
        byte[] bytes = bytes();
        if (bytes.length == 0) {
            throw ApiException.invalid(null, "the body is empty; expected a JSON object");
        }
        try {
            JsonNode body = BodyJson.read(bytes);
            if (body instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw ApiException.invalid(null, "the body is not valid JSON: " + BodyJson.reason(e));
        }
        throw ApiException.invalid(null, "the body is not a JSON object");
    }

    /** Reads a body that is too large to its end all the same: clients that still send would not see the answer. */
    private byte[] bytes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long read = 0;
        byte[] buffer = new byte[16_384];
        try (InputStream in = Content.Source.asInputStream(request)) {
            int count;
            while ((count = in.read(buffer)) >= 0) {
                read += count;
                if (read <= maxBodyBytes) {
                    body.write(buffer, 0, count);
                } else if (read > maxBodyBytes * DISCARDED_BODIES) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new ClientLeftException(e);
        }
        if (read > maxBodyBytes) {
            setHeader("Connection", "close");
            throw ApiException.refused(
                    413,
                    "body_too_large",
                    "the body has more than " + maxBodyBytes + " bytes, the most that this server reads");
        }
        return body.toByteArray();
    }

    /** Answers with JSON. */
    public void json(int status, JsonNode body) {
        text(status, "application/json", body.toString());
    }

    /** Answers with a text. */
    public void text(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        setHeader(HttpHeader.CONTENT_TYPE.asString(), contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        write(true, bytes);
    }

    /** Answers with a status and headers alone. */
    public void empty(int status) {
        response.setStatus(status);
        write(true, new byte[0]);
    }

    /** Answers with a refusal. */
    public void error(ApiException refusal) {
        if (refusal.retryAfter() > 0) {
            setHeader("Retry-After", Integer.toString(refusal.retryAfter()));
        }
        json(refusal.status(), refusal.json());
    }

    /** Sends the headers of a stream of events. */
    public void beginEvents() {
        response.setStatus(200);
        setHeader("Content-Type", "text/event-stream; charset=utf-8");
        setHeader("Cache-Control", "no-cache");
        setHeader("X-Accel-Buffering", "no");
        streaming = true;
        write(false, new byte[0]);
    }

    /** Sends events at once. */
    public void events(String text) {
        write(false, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends a stream. */
    public void endEvents() {
        write(true, new byte[0]);
    }

    private void write(boolean last, byte[] bytes) {
        try {
            Content.Sink.write(response, last, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new ClientLeftException(e);
        }
    }
}
