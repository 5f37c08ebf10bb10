package dev.attune.studio.drawing;

/**
 * How quickly prompts are drawn, since the studio was started.
 *
 * @param prompts that were drawn
 * @param completions that were drawn for them
 * @param seconds that were spent on it
 */
public record Pace(int prompts, int completions, double seconds) {
    static final Pace NONE = new Pace(0, 0, 0);

    Pace and(int moreCompletions, double moreSeconds) {
        return new Pace(prompts + 1, completions + moreCompletions, seconds + moreSeconds);
    }

    public double completionsPerMinute() {
        return seconds > 0 ? 60 * completions / seconds : 0;
    }

    /** Until this many prompts more are drawn. */
    public double secondsLeft(int waiting) {
        return prompts > 0 ? waiting * seconds / prompts : 0;
    }
}
