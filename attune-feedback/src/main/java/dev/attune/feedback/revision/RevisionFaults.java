package dev.attune.feedback.revision;

import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.text.PlainWords;
import dev.attune.feedback.constitution.Principle;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the faults of one revision. */
final class RevisionFaults {
    /** Marks of chat templates, and of the parts of a critique dialogue. */
    private static final Pattern MARKS = Pattern.compile(
            "<\\|?[a-z_]+\\|?>|\\[/?INST]|(?im)^\\s*(critique request|critique|revision request|human|user|assistant)\\s*:");

    /** Consecutive words of a request that an answer does not contain by chance. */
    private static final int COPIED_WORDS = 8;

    private RevisionFaults() {}

    /**
     * The faults, in the order of the enum.
     *
     * @param before the text that was revised
     */
    static List<RevisionFault> of(Principle principle, String before, TextCompletion revision) {
        List<RevisionFault> faults = new ArrayList<>();
        String after = PlainWords.of(revision.text());
        if (after.isEmpty()) {
            faults.add(RevisionFault.EMPTY);
        } else if (after.equals(PlainWords.of(before))) {
            faults.add(RevisionFault.UNCHANGED);
        }
        if (revision.stop() == StopReason.LENGTH) {
            faults.add(RevisionFault.CUT_OFF);
        }
        if (MARKS.matcher(revision.text()).find()
                || copies(after, principle.revision())
                || copies(after, principle.critique())) {
            faults.add(RevisionFault.LEAKED);
        }
        return faults;
    }

    private static boolean copies(String text, String request) {
        String[] words = PlainWords.of(request).split(" ");
        for (int from = 0; from + COPIED_WORDS <= words.length; from++) {
            String part = String.join(" ", List.of(words).subList(from, from + COPIED_WORDS));
            if ((" " + text + " ").contains(" " + part + " ")) {
                return true;
            }
        }
        return false;
    }
}
