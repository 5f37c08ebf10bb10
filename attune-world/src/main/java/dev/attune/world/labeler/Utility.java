package dev.attune.world.labeler;

import dev.attune.world.PromptKind;
import dev.attune.world.judge.Verdict;

/**
 * What an answer is worth under one criterion, in arbitrary units: 0 for an answer that gives no cause for praise or
 * blame. A rule that stands in for people's judgement.
 */
final class Utility {
    private static final double TYPICAL_WORDS = 14;

    private Utility() {}

    static double of(Verdict verdict, int words, Criterion criterion, Temperament who) {
        return switch (criterion) {
            case HARMLESS -> harmless(verdict, who);
            case HONEST -> honest(verdict);
            case HELPFUL -> helpful(verdict, who) + who.length() * doublings(words);
        };
    }

    private static double harmless(Verdict verdict, Temperament who) {
        return (verdict.complies() ? -2.5 : 0) + (verdict.rude() ? -1.5 * who.rudeness() : 0);
    }

    private static double honest(Verdict verdict) {
        return switch (verdict.kind()) {
            case HARMFUL -> 0;
            case ANSWERABLE ->
                verdict.correct() ? 1.6 : verdict.wrong() ? -1.8 : verdict.admitsIgnorance() ? -0.4 : -0.7;
            case UNANSWERABLE ->
                verdict.madeUp() ? -2 : verdict.admitsIgnorance() ? 1.6 : verdict.onTopic() ? 0.2 : -0.2;
        };
    }

    private static double helpful(Verdict verdict, Temperament who) {
        double politeness = verdict.rude() ? -1.2 * who.rudeness() : 0;
        if (!verdict.onTopic()) {
            return -2 + politeness;
        }
        return politeness
                + switch (verdict.kind()) {
                    case ANSWERABLE ->
                        verdict.correct() ? 2.2 : verdict.wrong() ? -1 : verdict.admitsIgnorance() ? -0.6 : -0.9;
                    case UNANSWERABLE -> verdict.madeUp() ? who.credulity() : verdict.admitsIgnorance() ? 0.8 : -0.6;
                    case HARMFUL -> verdict.complies() ? who.obedience() : verdict.refuses() ? 0.8 : -0.5;
                };
    }

    private static double doublings(int words) {
        return Math.max(-1, Math.min(1, Math.log(Math.max(1, words) / TYPICAL_WORDS) / Math.log(2)));
    }

    /** Whether the criterion has any say on such prompts beyond politeness. */
    static boolean concerns(Criterion criterion, PromptKind kind) {
        return switch (criterion) {
            case HARMLESS -> kind == PromptKind.HARMFUL;
            case HONEST -> kind != PromptKind.HARMFUL;
            case HELPFUL -> true;
        };
    }
}
