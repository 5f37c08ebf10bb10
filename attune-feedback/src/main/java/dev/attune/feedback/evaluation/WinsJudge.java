package dev.attune.feedback.evaluation;

import dev.attune.core.settings.SectionReader;
import dev.attune.feedback.annotation.AnnotationRecipe.Source;
import dev.attune.feedback.endpoint.ModelAddress;

/** Who compares the answers of two models in a suite. */
public sealed interface WinsJudge {
    /**
     * {@code {model: DIR}} or {@code {endpoint: URL, model: NAME, key: VARIABLE}}: a language model, asked in both orders.
     *
     * @param verdict whether the probabilities of the labels are read, or its reply
     */
    record Model(ModelAddress address, Source verdict) implements WinsJudge {
        @Override
        public String label() {
            return address.label();
        }
    }

    /** {@code {reward: DIR}}: a reward model, whose larger score wins. */
    record Reward(String reward) implements WinsJudge {
        @Override
        public String label() {
            return reward;
        }
    }

    /** As records name the judge. */
    String label();

    /**
     * Reads a judge.
     *
     * @throws dev.attune.core.error.BadInputException for another form, or if there is none
     */
    static WinsJudge read(SectionReader fields, String key) {
        WinsJudge judge = fields.optionalSection(key, WinsJudge::section);
        if (judge == null) {
            throw fields.invalid(
                    key, "nothing", "{model: DIR}, {endpoint: URL, model: NAME} or {reward: DIR}", "name a judge");
        }
        return judge;
    }

    private static WinsJudge section(SectionReader fields) {
        String reward = fields.optionalText("reward");
        return reward == null
                ? new Model(ModelAddress.inSection(fields), fields.choice("verdict", Source.LABELS))
                : new Reward(reward);
    }
}
