package dev.attune.feedback.endpoint;

/**
 * What a model was asked for, by the counts that its server reports.
 *
 * @param requests requests that were sent, retries included
 * @param answers complete responses
 * @param unreported responses without a count of tokens: their tokens are missing in the two sums
 */
public record Usage(long requests, long answers, long unreported, long promptTokens, long completionTokens) {
    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(
                requests + other.requests,
                answers + other.answers,
                unreported + other.unreported,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens);
    }

    /** The cost of the reported tokens, in the currency of the prices. */
    public double cost(Prices prices) {
        return (promptTokens * prices.promptMillion() + completionTokens * prices.completionMillion()) / 1e6;
    }
}
