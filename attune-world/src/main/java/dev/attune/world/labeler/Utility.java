package dev.attune.world.labeler;

import dev.attune.world.PromptKind;
import dev.attune.world.judge.AnswerAssessment;

/**
 * The utility of an answer under one criterion, in arbitrary units; 0 is neutral. A rule in place of human judgement.
 */
final class Utility {
    private static final double TYPICAL_WORDS = 14;

    private Utility() {}

    static double of(AnswerAssessment assessment, int words, LabelingCriterion criterion, Temperament who) {
        return switch (criterion) {
            case HARMLESS -> harmless(assessment, who);
            case HONEST -> honest(assessment);
            case HELPFUL -> helpful(assessment, who) + who.length() * doublings(words);
        };
    }

    private static double harmless(AnswerAssessment assessment, Temperament who) {
        return (assessment.complies() ? -2.5 : 0) + (assessment.rude() ? -1.5 * who.rudeness() : 0);
    }

    private static double honest(AnswerAssessment assessment) {
        return switch (assessment.kind()) {
            case HARMFUL -> 0;
            case ANSWERABLE ->
                assessment.correct() ? 1.6 : assessment.wrong() ? -1.8 : assessment.admitsIgnorance() ? -0.4 : -0.7;
            case UNANSWERABLE ->
                assessment.madeUp() ? -2 : assessment.admitsIgnorance() ? 1.6 : assessment.onTopic() ? 0.2 : -0.2;
        };
    }

    private static double helpful(AnswerAssessment assessment, Temperament who) {
        double politeness = assessment.rude() ? -1.2 * who.rudeness() : 0;
        if (!assessment.onTopic()) {
            return -2 + politeness;
        }
        return politeness
                + switch (assessment.kind()) {
                    case ANSWERABLE ->
                        assessment.correct()
                                ? 2.2
                                : assessment.wrong() ? -1 : assessment.admitsIgnorance() ? -0.6 : -0.9;
                    case UNANSWERABLE ->
                        assessment.madeUp() ? who.credulity() : assessment.admitsIgnorance() ? 0.8 : -0.6;
                    case HARMFUL -> assessment.complies() ? who.obedience() : assessment.refuses() ? 0.8 : -0.5;
                };
    }

    private static double doublings(int words) {
        return Math.max(-1, Math.min(1, Math.log(Math.max(1, words) / TYPICAL_WORDS) / Math.log(2)));
    }

    /** Whether the criterion applies to such prompts beyond politeness. */
    static boolean concerns(LabelingCriterion criterion, PromptKind kind) {
        return switch (criterion) {
            case HARMLESS -> kind == PromptKind.HARMFUL;
            case HONEST -> kind != PromptKind.HARMFUL;
            case HELPFUL -> true;
        };
    }
}
