package dev.attune.feedback.revision;

import org.jspecify.annotations.Nullable;

/**
 * What summary.json of a job holds.
 *
 * @param constitution its label
 * @param model that wrote the first answers
 * @param critic that criticised and revised them
 * @param skill of the critic; null if it was not measured
 * @param demonstrations rows of sft.jsonl
 * @param pairs rows of pairs.jsonl
 */
public record RevisionSummary(
        String constitution,
        String model,
        String critic,
        @Nullable CriticSkill skill,
        RevisionFigures figures,
        int demonstrations,
        int pairs) {}
