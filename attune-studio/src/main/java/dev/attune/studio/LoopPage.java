package dev.attune.studio;

import dev.attune.feedback.run.Run;
import dev.attune.feedback.store.Project;
import java.util.List;

/**
 * What the page shows from which a project's loop continues.
 *
 * @param rankings how many there are
 * @param steps that are proposed for a reward model
 * @param models that training can start from
 * @param rewards finished runs, newest first
 * @param policies finished runs, newest first
 */
public record LoopPage(
        Project project, int rankings, int steps, List<String> models, List<Named> rewards, List<Named> policies) {
    /** A run with the name that pages give it. */
    public record Named(Run run, String name) {}
}
