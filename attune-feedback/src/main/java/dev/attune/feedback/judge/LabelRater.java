package dev.attune.feedback.judge;

import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.BareLabel;
import dev.attune.feedback.judge.reply.Form;
import dev.attune.feedback.judge.reply.Menu;
import java.util.Map;

/**
 * Averages the values of labels by their probabilities: sum of P(label) times its value. For a pair that is P(A) + P(tie) / 2,
 * for a scale of whole numbers the expected score.
 */
public record LabelRater(LabelModel model, Menu<Double> menu) implements Rater {
    @Override
    public Form form() {
        return new BareLabel();
    }

    @Override
    public String instruction() {
        return "Answer with " + menu.expected() + ", and nothing else.";
    }

    @Override
    public Opinion rate(String asked, Prompt prompt, int sample) {
        LabelModel.Shares shares = model.shares(prompt, menu, sample);
        return new Opinion(asked, shares.verdict().map(this::expected), shares.tokens());
    }

    private double expected(Map<String, Double> shares) {
        return menu.options().stream()
                .mapToDouble(option -> option.value() * shares.getOrDefault(option.label(), 0.0))
                .sum();
    }
}
