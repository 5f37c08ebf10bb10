package dev.attune.serve.error;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request that is refused, or one that failed, as OpenAI's clients read it. */
public final class ApiException extends RuntimeException {
    private static final String INVALID = "invalid_request_error";
    private static final String SERVER = "server_error";

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;
    private final int retryAfter;

    private ApiException(
            int status, String type, @Nullable String param, @Nullable String code, int retryAfter, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** Status 400. */
    public static ApiException invalid(@Nullable String param, String message) {
        return new ApiException(400, INVALID, param, null, 0, message);
    }

    /** Status 400 for a field or a value that this server does not support. */
    public static ApiException unsupported(String param, String message) {
        return new ApiException(400, INVALID, param, "unsupported_parameter", 0, message);
    }

    /** Status 400 for a prompt that does not fit the model. */
    public static ApiException tooLong(@Nullable String param, String message) {
        return new ApiException(400, INVALID, param, "context_length_exceeded", 0, message);
    }

    /** Status 404 for a model that is not served. */
    public static ApiException noModel(String message) {
        return new ApiException(404, INVALID, "model", "model_not_found", 0, message);
    }

    /** Another status of the 400s. */
    public static ApiException refused(int status, @Nullable String code, String message) {
        return new ApiException(status, INVALID, null, code, 0, message);
    }

    /** Status 429 for a full queue. */
    public static ApiException full(String message) {
        return new ApiException(429, "rate_limit_error", null, "queue_full", 1, message);
    }

    /** Status 503 while the server starts or ends. */
    public static ApiException unavailable(String code, String message) {
        return new ApiException(503, SERVER, null, code, 2, message);
    }

    /** Status 504 for a request that took too long. */
    public static ApiException timeout(String message) {
        return new ApiException(504, SERVER, null, "timeout", 0, message);
    }

    /** Status 500; the details are in the server's log alone. */
    public static ApiException failed(String message) {
        return new ApiException(500, SERVER, null, null, 0, message);
    }

    public int status() {
        return status;
    }

    /** The request's field that is wrong, or null. */
    public @Nullable String param() {
        return param;
    }

    /** A word for programs, or null. */
    public @Nullable String code() {
        return code;
    }

    /** Seconds for the header Retry-After; 0: none. */
    public int retryAfter() {
        return retryAfter;
    }

    /** {@code {"error": {"message", "type", "param", "code"}}}. */
    public ObjectNode json() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putObject("error")
                .put("message", getMessage())
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return body;
    }
}
