package dev.attune.studio.loop;

import dev.attune.feedback.run.Run;
import dev.attune.feedback.store.Project;
import java.util.List;

/**
 * The page from which a project's loop of training continues.
 *
 * @param rankings number of rankings
 * @param steps suggested number of steps for a reward model
 * @param models that training can start from
 * @param methods with which a policy can be trained
 * @param rewards finished runs, newest first
 * @param policies finished runs, newest first
 */
public record LoopPage(
        Project project,
        int rankings,
        int steps,
        List<String> models,
        List<PolicyMethod> methods,
        List<Named> rewards,
        List<Named> policies) {
    /** A run with its name on pages. */
    public record Named(Run run, String name) {}

    /** The methods that can be offered now: without a reward model, those that learn from rankings. */
    public List<PolicyMethod> possible() {
        return methods.stream()
                .filter(method -> method.sampling() ? !rewards.isEmpty() : rankings > 0)
                .toList();
    }
}
