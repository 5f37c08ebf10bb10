package dev.attune.feedback.quality;

import dev.attune.feedback.store.Judgement;

/**
 * The order on which a reviewer decided, in place of what labelers said.
 *
 * @param reviewer by name
 * @param time milliseconds since 1970
 */
public record Adjudication(String task, Judgement judgement, String reviewer, String reason, long time) {}
