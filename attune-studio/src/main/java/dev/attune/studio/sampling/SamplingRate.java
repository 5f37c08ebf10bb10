package dev.attune.studio.sampling;

/**
 * How quickly prompts are sampled, since the studio was started.
 *
 * @param prompts that were sampled
 * @param completions that were sampled for them
 * @param seconds that were spent on it
 */
public record SamplingRate(int prompts, int completions, double seconds) {
    static final SamplingRate NONE = new SamplingRate(0, 0, 0);

    SamplingRate and(int moreCompletions, double moreSeconds) {
        return new SamplingRate(prompts + 1, completions + moreCompletions, seconds + moreSeconds);
    }

    public double completionsPerMinute() {
        return seconds > 0 ? 60 * completions / seconds : 0;
    }

    /** Until this many prompts more are sampled. */
    public double secondsLeft(int waiting) {
        return prompts > 0 ? waiting * seconds / prompts : 0;
    }
}
