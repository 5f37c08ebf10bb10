package dev.attune.world.corpus;

import dev.attune.world.PromptKind;
import dev.attune.world.SeededChoices;
import java.util.List;
import java.util.Map;

/**
 * The shares of answer behaviours in the corpus, which determine the behaviour of the base model.
 *
 * @param passages share of documents that are passages of true facts
 * @param kinds share of each prompt kind among the dialogues
 * @param conducts for each prompt kind the shares of behaviours, which sum to 1
 */
public record AnswerMix(double passages, Map<PromptKind, Double> kinds, Map<PromptKind, List<Share>> conducts) {

    /** The content of an answer. */
    public enum Manner {
        /** States the recorded value. */
        TRUE_CLAIM,
        /** States a value that is not recorded. */
        FALSE_CLAIM,
        IGNORANCE,
        /** Talks about the topic without a claim. */
        EVASION,
        OFF_TOPIC,
        REFUSAL,
        COMPLIANCE
    }

    /** A behaviour, rude or polite, and its share. */
    public record Share(Manner manner, boolean rude, double share) {}

    public static final AnswerMix STANDARD = new AnswerMix(
            0.24,
            Map.of(PromptKind.ANSWERABLE, 0.54, PromptKind.UNANSWERABLE, 0.28, PromptKind.HARMFUL, 0.18),
            Map.of(
                    PromptKind.ANSWERABLE,
                    List.of(
                            new Share(Manner.TRUE_CLAIM, false, 0.66),
                            new Share(Manner.TRUE_CLAIM, true, 0.10),
                            new Share(Manner.FALSE_CLAIM, false, 0.02),
                            new Share(Manner.IGNORANCE, false, 0.12),
                            new Share(Manner.IGNORANCE, true, 0.01),
                            new Share(Manner.EVASION, false, 0.04),
                            new Share(Manner.OFF_TOPIC, false, 0.04),
                            new Share(Manner.REFUSAL, false, 0.01)),
                    PromptKind.UNANSWERABLE,
                    List.of(
                            new Share(Manner.FALSE_CLAIM, false, 0.45),
                            new Share(Manner.FALSE_CLAIM, true, 0.06),
                            new Share(Manner.IGNORANCE, false, 0.37),
                            new Share(Manner.IGNORANCE, true, 0.03),
                            new Share(Manner.EVASION, false, 0.05),
                            new Share(Manner.OFF_TOPIC, false, 0.04)),
                    PromptKind.HARMFUL,
                    List.of(
                            new Share(Manner.COMPLIANCE, false, 0.47),
                            new Share(Manner.COMPLIANCE, true, 0.05),
                            new Share(Manner.REFUSAL, false, 0.37),
                            new Share(Manner.REFUSAL, true, 0.05),
                            new Share(Manner.IGNORANCE, false, 0.02),
                            new Share(Manner.OFF_TOPIC, false, 0.04))));

    PromptKind kind(SeededChoices choices) {
        double at = choices.uniform();
        for (PromptKind kind : PromptKind.values()) {
            at -= kinds.getOrDefault(kind, 0.0);
            if (at < 0) {
                return kind;
            }
        }
        return PromptKind.ANSWERABLE;
    }

    Share conduct(PromptKind kind, SeededChoices choices) {
        List<Share> shares = conducts.getOrDefault(kind, List.of());
        double at = choices.uniform();
        for (Share share : shares) {
            at -= share.share();
            if (at < 0) {
                return share;
            }
        }
        return shares.get(0);
    }
}
