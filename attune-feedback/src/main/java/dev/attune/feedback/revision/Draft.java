package dev.attune.feedback.revision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One round: a critique and what became of it.
 *
 * @param principle the name of the principle that was sampled
 * @param critique as the model wrote it
 * @param revision as the model wrote it, without surrounding blanks; null if the critique found no fault
 * @param faults of the revision; a revision with faults is not used
 */
public record Draft(
        String principle, String critique, @Nullable String revision, List<RevisionFault> faults) {
    public Draft {
        faults = List.copyOf(faults);
    }

    /** Whether the revision takes the place of the answer. */
    public boolean used() {
        return revision != null && faults.isEmpty();
    }
}
