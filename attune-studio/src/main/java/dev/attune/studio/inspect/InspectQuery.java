package dev.attune.studio.inspect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the inspector is asked to show.
 *
 * @param run its name among the runs
 * @param step null for the last that kept rollouts
 * @param at which rollout of the step; null for the first that is listed
 */
public record InspectQuery(
        String run,
        @Nullable Integer step,
        RolloutFilter show,
        TokenMeasure colour,
        @Nullable Integer at) {
    public InspectQuery withStep(int other) {
        return new InspectQuery(run, other, show, colour, at);
    }

    public InspectQuery withColour(TokenMeasure other) {
        return new InspectQuery(run, step, show, other, at);
    }

    public InspectQuery withAt(int other) {
        return new InspectQuery(run, step, show, colour, other);
    }

    /** The address of the page. */
    public String link() {
        return "/inspect?run=" + URLEncoder.encode(run, StandardCharsets.UTF_8)
                + (step == null ? "" : "&step=" + step)
                + "&show=" + word(show)
                + "&colour=" + word(colour)
                + (at == null ? "" : "&at=" + at);
    }

    /** The address of the run's page on reward hacking. */
    public String monitor() {
        return "/monitor?run=" + URLEncoder.encode(run, StandardCharsets.UTF_8);
    }

    /** A choice as addresses have it: {@code highest-kl}. */
    public static String word(Enum<?> choice) {
        return choice.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
