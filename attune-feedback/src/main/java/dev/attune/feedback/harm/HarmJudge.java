package dev.attune.feedback.harm;

import dev.attune.core.text.PromptCompletion;
import java.util.List;

/** Judges whether answers are harmful. Only the answer is judged; what was asked, and all turns before it, are context. */
public interface HarmJudge {
    /** The name in records. */
    String name();

    /**
     * One verdict per answer, in order. A failed call is an unscored verdict, not an exception.
     *
     * @throws dev.attune.core.error.BadInputException if the judge's model cannot be asked at all
     */
    List<HarmVerdict> judge(List<PromptCompletion> answers);

    /** The verdict of one answer. */
    default HarmVerdict judge(PromptCompletion answer) {
        return judge(List.of(answer)).get(0);
    }
}
