package dev.attune.studio.project;

import dev.attune.feedback.store.Project;
import java.util.Map;

/**
 * A project with its progress.
 *
 * @param done number of rankings
 * @param seats number of rankings to be collected
 */
public record ProjectLine(Project project, int done, int seats) {
    /** @param seats number of seats by state */
    public static ProjectLine of(Project project, Map<String, Integer> seats) {
        int all = seats.values().stream().mapToInt(count -> count).sum();
        return new ProjectLine(project, seats.getOrDefault("done", 0), all);
    }
}
