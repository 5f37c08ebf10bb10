package dev.attune.studio.drafts;

import dev.attune.feedback.judge.reply.AnswerKind;
import dev.attune.feedback.judge.reply.Refusals;
import dev.attune.feedback.revision.Draft;
import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.RevisionFault;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What answers are filtered by.
 *
 * @param refused whether the result refuses, by its words
 */
record DraftOutline(RevisedAnswer.Stop stop, List<String> principles, Set<RevisionFault> faults, boolean refused) {
    static DraftOutline of(RevisedAnswer answer) {
        return new DraftOutline(
                answer.stop(),
                answer.drafts().stream()
                        .map(draft -> draft.principle().intern())
                        .toList(),
                answer.drafts().stream()
                        .map(Draft::faults)
                        .flatMap(List::stream)
                        .collect(Collectors.toUnmodifiableSet()),
                refuses(answer.result()));
    }

    static boolean refuses(String text) {
        return Refusals.read(text) == AnswerKind.REFUSED;
    }
}
