package dev.attune.studio;

import dev.attune.feedback.drawing.Drawing;
import dev.attune.studio.drawing.Pace;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A drawing and how far it is.
 *
 * @param names of all models, by id
 * @param reasons why prompts failed, a few of them
 */
public record DrawingLine(
        Drawing drawing, Drawing.Progress progress, Pace pace, Map<String, String> names, List<String> reasons) {
    private static final int MINUTE = 60;

    public DrawingLine {
        names = Map.copyOf(names);
        reasons = List.copyOf(reasons);
    }

    private String name(String id) {
        return names.getOrDefault(id, id);
    }

    /** What is drawn, in a line. */
    public String plan() {
        Drawing.Plan plan = drawing.plan();
        String models = plan.models().stream().map(this::name).collect(Collectors.joining(", "));
        String text = plan.completions() + " completions of " + models + ", temperature " + plan.temperature()
                + ", at most " + plan.maxNewTokens() + " tokens, seed " + plan.seed();
        String chosen = plan.reward() == null
                ? ""
                : "; of " + plan.candidates() + " drawn, those that " + name(plan.reward()) + " is least sure of";
        String when = plan.lead() == null ? "" : "; " + plan.lead() + " tasks ahead of the labelers";
        return text + chosen + when;
    }

    public boolean running() {
        return drawing.state() == Drawing.State.RUNNING;
    }

    /** Whether there is something to go on with. */
    public boolean resumable() {
        return !running() && (progress.waiting() > 0 || progress.failed() > 0);
    }

    public String state() {
        return switch (drawing.state()) {
            case RUNNING -> progress.waiting() == 0 ? "finishing" : "running";
            case STOPPED -> "stopped";
            case FAILED -> "stopped after failures";
            case DONE -> progress.failed() > 0 ? "done, with failures" : "done";
        };
    }

    /** Rate and time left, as far as they are known. */
    public String speed() {
        if (pace.prompts() == 0 || !running()) {
            return "";
        }
        String rate = String.format(Locale.ROOT, "%.1f completions a minute", pace.completionsPerMinute());
        boolean timed = Objects.isNull(drawing.plan().lead()) && progress.waiting() > 0;
        return timed ? rate + ", " + left(pace.secondsLeft(progress.waiting())) + " left" : rate;
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
