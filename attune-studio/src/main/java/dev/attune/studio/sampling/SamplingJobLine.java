package dev.attune.studio.sampling;

import dev.attune.feedback.sampling.SamplingJob;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A sampling job with its progress.
 *
 * @param names of all models, by id
 * @param reasons some reasons of failed prompts
 */
public record SamplingJobLine(
        SamplingJob job,
        SamplingJob.Progress progress,
        SamplingRate rate,
        Map<String, String> names,
        List<String> reasons) {
    private static final int MINUTE = 60;

    public SamplingJobLine {
        names = Map.copyOf(names);
        reasons = List.copyOf(reasons);
    }

    private String name(String id) {
        return names.getOrDefault(id, id);
    }

    /** The settings of the job, in a line. */
    public String plan() {
        SamplingJob.Plan plan = job.plan();
        String models = plan.models().stream().map(this::name).collect(Collectors.joining(", "));
        String text = plan.completions() + " completions of " + models + ", temperature " + plan.temperature()
                + ", at most " + plan.maxNewTokens() + " tokens, seed " + plan.seed();
        String chosen = plan.reward() == null
                ? ""
                : "; the most uncertain of " + plan.candidates() + " candidates by " + name(plan.reward());
        String when = plan.lookahead() == null ? "" : "; " + plan.lookahead() + " tasks ahead of the labelers";
        return text + chosen + when;
    }

    public boolean running() {
        return job.state() == SamplingJob.State.RUNNING;
    }

    /** Whether the job can be resumed. */
    public boolean resumable() {
        return !running() && (progress.waiting() > 0 || progress.failed() > 0);
    }

    public String state() {
        return switch (job.state()) {
            case RUNNING -> progress.waiting() == 0 ? "finishing" : "running";
            case STOPPED -> "stopped";
            case FAILED -> "stopped after failures";
            case DONE -> progress.failed() > 0 ? "done, with failures" : "done";
        };
    }

    /** Rate and time left, as far as they are known. */
    public String speed() {
        if (rate.prompts() == 0 || !running()) {
            return "";
        }
        String speed = String.format(Locale.ROOT, "%.1f completions per minute", rate.completionsPerMinute());
        boolean timed = Objects.isNull(job.plan().lookahead()) && progress.waiting() > 0;
        return timed ? speed + ", " + left(rate.secondsLeft(progress.waiting())) + " left" : speed;
    }

    private static String left(double seconds) {
        long whole = Math.round(seconds);
        if (whole < MINUTE) {
            return whole + " s";
        }
        long minutes = whole / MINUTE;
        return minutes < MINUTE ? minutes + " min" : minutes / MINUTE + " h " + minutes % MINUTE + " min";
    }
}
