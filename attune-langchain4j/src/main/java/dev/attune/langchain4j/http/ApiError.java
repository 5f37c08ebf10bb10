package dev.attune.langchain4j.http;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server says when it refuses or fails: {@code {"error": {"message", "type", "param", "code"}}}.
 *
 * @param status of the answer; 0 for an error in a stream, whose status was sent before
 */
record ApiError(int status, String message, String type, String param, String code) {
    private static final int SHOWN = 500;

    /** Reads the body of an answer that is not a success. */
    static ApiError of(int status, String body) {
        try {
            JsonNode error = JsonMapper.shared().readTree(body).path("error");
            if (!error.isMissingNode()) {
                return of(status, error);
            }
        } catch (JacksonException e) {
            // The body of a proxy, perhaps: shown as it is.
        }
        String shown = body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "...";
        return new ApiError(status, "status " + status + ": " + shown.strip(), "", "", "");
    }

    static ApiError of(int status, JsonNode error) {
        String message = error.isString() ? error.stringValue() : text(error, "message");
        String code = error.path("code").isNumber() ? error.path("code").toString() : text(error, "code");
        return new ApiError(
                status, message == null ? "no reason given" : message, or(error, "type"), or(error, "param"), or(code));
    }

    private static String or(JsonNode error, String name) {
        return or(text(error, name));
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    boolean busy() {
        return status == 429 || status == 503;
    }

    LangChain4jException exception() {
        if (code.equals("unsupported_parameter")) {
            return unsupported();
        }
        int kind = kind();
        HttpException cause = new HttpException(kind, message);
        return switch (kind) {
            case 401, 403 -> new AuthenticationException(message, cause);
            case 404 -> new ModelNotFoundException(message, cause);
            case 408, 504 -> new TimeoutException(message, cause);
            case 429 -> new RateLimitException(message, cause);
            default ->
                kind >= 500
                        ? new InternalServerException(message, cause)
                        : code.equals("content_filter")
                                ? new ContentFilteredException(message, cause)
                                : new InvalidRequestException(message, cause);
        };
    }

    private UnsupportedFeatureException unsupported() {
        String feature =
                switch (param) {
                    case "response_format" -> "JSON response format is not supported: ";
                    case "tools", "tool_choice" -> "ToolChoice.REQUIRED, or a tool's schema, is not supported: ";
                    default -> "not supported: ";
                };
        return new UnsupportedFeatureException(feature + message);
    }

    /** The status; of an error in a stream, the one that it would have had. */
    private int kind() {
        if (status > 0) {
            return status;
        }
        if (code.matches("[45]\\d\\d")) {
            return Integer.parseInt(code);
        }
        return switch (code.equals("timeout") || code.equals("model_not_found") ? code : type) {
            case "timeout" -> 504;
            case "model_not_found" -> 404;
            case "authentication_error" -> 401;
            case "rate_limit_error" -> 429;
            case "invalid_request_error" -> 400;
            default -> 500;
        };
    }
}
