package dev.attune.feedback.evaluation;

import dev.attune.feedback.rating.JudgeCheck;
import dev.attune.feedback.rating.JudgeFacts;
import java.util.Map;

/**
 * People's ratings of the model's answers in a measure, beside the judge's verdicts.
 *
 * @param measure its name
 */
public record RatedMeasure(String measure, JudgeCheck check) {
    /** As names and texts. */
    public Map<String, String> facts() {
        return JudgeFacts.of(check, "harmful, corrected for the judge's errors");
    }
}
