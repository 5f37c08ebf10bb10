package dev.attune.feedback.annotation;

import dev.attune.feedback.judge.PairReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What summary.json of a job holds.
 *
 * @param constitution its label
 * @param judge its name
 * @param skill of the judge; null if it was not measured
 * @param preferences rows of preferences.jsonl
 * @param unscored pairs without a label
 * @param principles the judge's behaviour by principle
 */
public record AnnotationSummary(
        String constitution,
        String judge,
        @Nullable JudgeSkill skill,
        int preferences,
        int unscored,
        PairReport pairs,
        Map<String, Annotations.OfPrinciple> principles) {}
