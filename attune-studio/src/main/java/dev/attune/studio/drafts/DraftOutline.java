package dev.attune.studio.drafts;

import dev.attune.feedback.judge.reply.Refusals;
import dev.attune.feedback.revision.Draft;
import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.RevisionFault;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What answers are filtered by. */
final class DraftOutline {
    private final RevisedAnswer.Stop stop;
    private final List<String> principles;
    private final Set<RevisionFault> faults;

    /** Null until it is asked for: reading refusals takes longer than reading the log. */
    private volatile @Nullable Boolean refused;

    private DraftOutline(RevisedAnswer.Stop stop, List<String> principles, Set<RevisionFault> faults) {
        this.stop = stop;
        this.principles = principles;
        this.faults = faults;
    }

    static DraftOutline of(RevisedAnswer answer) {
        return new DraftOutline(
                answer.stop(),
                answer.drafts().stream()
                        .map(draft -> draft.principle().intern())
                        .toList(),
                answer.drafts().stream()
                        .map(Draft::faults)
                        .flatMap(List::stream)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    RevisedAnswer.Stop stop() {
        return stop;
    }

    List<String> principles() {
        return principles;
    }

    Set<RevisionFault> faults() {
        return faults;
    }

    /**
     * Whether the result refuses, by its words.
     *
     * @param answer is read at the first call
     */
    boolean refused(Supplier<RevisedAnswer> answer) {
        Boolean known = refused;
        if (known == null) {
            known = Refusals.refuses(answer.get().result());
            refused = known;
        }
        return known;
    }
}
