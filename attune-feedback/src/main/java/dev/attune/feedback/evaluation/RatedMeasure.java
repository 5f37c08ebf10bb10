package dev.attune.feedback.evaluation;

import dev.attune.feedback.rating.JudgeCheck;

/**
 * People's ratings of the model's answers in a measure, beside the judge's verdicts.
 *
 * @param measure its name
 */
public record RatedMeasure(String measure, JudgeCheck check) {}
