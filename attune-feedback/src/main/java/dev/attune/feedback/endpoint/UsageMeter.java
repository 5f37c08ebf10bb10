package dev.attune.feedback.endpoint;

import tools.jackson.databind.JsonNode;

/** Sums up the usage of a model over threads. */
final class UsageMeter {
    private Usage sum = Usage.NONE;

    synchronized Usage sum() {
        return sum;
    }

    synchronized void request() {
        sum = sum.plus(new Usage(1, 0, 0, 0, 0));
    }

    /** Adds a response's {@code usage} object, which may be missing. */
    synchronized void answer(JsonNode usage) {
        boolean reported = usage.path("prompt_tokens").isIntegralNumber();
        sum = sum.plus(new Usage(
                0,
                1,
                reported ? 0 : 1,
                usage.path("prompt_tokens").asLong(0),
                usage.path("completion_tokens").asLong(0)));
    }
}
