package dev.attune.studio.inspect;

import dev.attune.studio.run.FoundRun;
import org.jspecify.annotations.Nullable;

/**
 * A request of the inspector.
 *
 * @param run its name among the runs
 * @param step null for the latest with rollouts
 * @param at index of the rollout in the step; null for the first listed
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

    public InspectQuery withAt(int other) {
        return new InspectQuery(run, step, show, colour, other);
    }

    /** The address of the page. */
    public String link() {
        return "/inspect?run=" + FoundRun.query(run)
                + (step == null ? "" : "&step=" + step)
                + "&show=" + show.configName()
                + "&colour=" + colour.configName()
                + (at == null ? "" : "&at=" + at);
    }

    /** The address of the run's page on reward hacking. */
    public String monitor() {
        return "/monitor?run=" + FoundRun.query(run);
    }
}
