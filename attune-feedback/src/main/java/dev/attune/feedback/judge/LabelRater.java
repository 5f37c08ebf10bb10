package dev.attune.feedback.judge;

import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.BareLabel;
import dev.attune.feedback.judge.reply.Form;
import dev.attune.feedback.judge.reply.Menu;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
        return instruction(menu);
    }

    /** The request to answer with a label of a menu. */
    public static String instruction(Menu<Double> menu) {
        return "Answer with " + menu.expected() + ", and nothing else.";
    }

    @Override
    public Opinion rate(String asked, Prompt prompt, int sample) {
        return opinion(asked, model.shares(prompt, menu, sample));
    }

    @Override
    public List<Opinion> rateAll(List<Question> questions, int sample) {
        List<LabelModel.Shares> shares =
                model.sharesOfAll(questions.stream().map(Question::prompt).toList(), menu, sample);
        return IntStream.range(0, shares.size())
                .mapToObj(i -> opinion(questions.get(i).asked(), shares.get(i)))
                .toList();
    }

    @Override
    public boolean batches() {
        return model.batches();
    }

    private Opinion opinion(String asked, LabelModel.Shares shares) {
        return new Opinion(asked, shares.verdict().map(this::expected), shares.tokens());
    }

    private double expected(Map<String, Double> shares) {
        return menu.options().stream()
                .mapToDouble(option -> option.value() * shares.getOrDefault(option.label(), 0.0))
                .sum();
    }
}
