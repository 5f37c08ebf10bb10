package dev.attune.world.evaluation;

import dev.attune.world.WorldPrompt;
import dev.attune.world.judge.AnswerAssessment;

/** A prompt, one completion of it and the judge's assessment. */
public record Judged(WorldPrompt prompt, String completion, AnswerAssessment assessment) {}
