package dev.attune.studio;

import dev.attune.feedback.store.Project;
import java.util.Map;

/**
 * A project and how far it is.
 *
 * @param done rankings that were given
 * @param seats rankings that are wanted
 */
public record ProjectLine(Project project, int done, int seats) {
    /** @param seats how many are in each state */
    static ProjectLine of(Project project, Map<String, Integer> seats) {
        int all = seats.values().stream().mapToInt(count -> count).sum();
        return new ProjectLine(project, seats.getOrDefault("done", 0), all);
    }
}
