package dev.attune.studio.sampling;

/**
 * The sampling rate since the start of the studio.
 *
 * @param prompts number of sampled prompts
 * @param completions number of their completions
 * @param seconds the time spent
 */
public record SamplingRate(int prompts, int completions, double seconds) {
    static final SamplingRate NONE = new SamplingRate(0, 0, 0);

    SamplingRate and(int moreCompletions, double moreSeconds) {
        return new SamplingRate(prompts + 1, completions + moreCompletions, seconds + moreSeconds);
    }

    public double completionsPerMinute() {
        return seconds > 0 ? 60 * completions / seconds : 0;
    }

    /** Estimated seconds for this many further prompts. */
    public double secondsLeft(int waiting) {
        return prompts > 0 ? waiting * seconds / prompts : 0;
    }
}
