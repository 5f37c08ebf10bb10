package dev.attune.studio.drafts;

import dev.attune.core.text.Message;
import dev.attune.feedback.revision.Draft;
import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.RevisionFault;
import dev.attune.studio.page.WordDiff;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer with its rounds.
 *
 * @param answer as it was logged
 * @param refused whether the result refuses
 */
public record DraftView(RevisedAnswer answer, boolean refused, List<Round> rounds) {
    /**
     * One critique and its revision.
     *
     * @param revised whether a revision was asked for
     * @param revision with the words that changed; empty without a revision
     * @param faults in words; a revision with faults is not used
     */
    public record Round(
            String principle, String critique, boolean revised, List<WordDiff.Part> revision, List<String> faults) {}

    static DraftView of(RevisedAnswer answer, DraftOutline outline) {
        List<Round> rounds = new ArrayList<>();
        String before = answer.answer();
        for (Draft draft : answer.drafts()) {
            String revision = draft.revision();
            rounds.add(new Round(
                    draft.principle(),
                    draft.critique(),
                    revision != null,
                    revision == null ? List.of() : WordDiff.of(before, revision),
                    draft.faults().stream().map(RevisionFault::words).toList()));
            before = revision != null && draft.used() ? revision : before;
        }
        return new DraftView(answer, outline.refused(() -> answer), rounds);
    }

    public List<Message> prompt() {
        return answer.prompt().messages();
    }

    /** Why the rounds ended, in words. */
    public String stop() {
        return answer.stop().words();
    }
}
