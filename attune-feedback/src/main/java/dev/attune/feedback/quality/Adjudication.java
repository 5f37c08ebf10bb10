package dev.attune.feedback.quality;

import dev.attune.feedback.store.Judgement;

/**
 * The final order by a reviewer, which replaces the labelers' rankings.
 *
 * @param reviewer the reviewer's name
 * @param time milliseconds since 1970
 */
public record Adjudication(String task, Judgement judgement, String reviewer, String reason, long time) {}
