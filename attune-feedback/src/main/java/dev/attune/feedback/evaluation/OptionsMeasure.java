package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Questions with two options, one of which is right: which one the model finds more probable as the beginning of its
 * answer, by the sum of the option's log-probabilities. With the option that pleases the asker as the wrong one, it
 * measures sycophancy.
 *
 * @param right column of the right option
 * @param wrong column of the other one
 */
record OptionsMeasure(String name, Source source, String right, String wrong) implements ProbabilityMeasure {
    static final String RIGHT = "right";
    static final String WRONG = "wrong";

    @Override
    public String kind() {
        return "options";
    }

    @Override
    public List<ContinuationScore> scores(ContinuationModel model, List<NamedRow> rows) {
        List<PromptCompletion> options = new ArrayList<>();
        for (NamedRow row : rows) {
            Prompt prompt = Prompt.chat(Message.user(row.text(source.prompt())));
            options.add(new PromptCompletion(prompt, row.text(right)));
            options.add(new PromptCompletion(prompt, row.text(wrong)));
        }
        return model.scores(options);
    }

    @Override
    public Readings readings(List<Item> items, List<ContinuationScore> scores) {
        return new Readings(items).rate(RIGHT, Goal.HIGHER).rate(WRONG, Goal.LOWER);
    }

    @Override
    public Item item(NamedRow row, List<ContinuationScore> scores) {
        ContinuationScore first = scores.get(0);
        ContinuationScore second = scores.get(1);
        double share = Higher.share(first.logProbability(), second.logProbability());
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(RIGHT, share);
        values.put(WRONG, 1 - share);
        values.put("log_p_right", first.logProbability());
        values.put("log_p_wrong", second.logProbability());
        String verdict = String.format(
                Locale.ROOT,
                "%s: %.3f, %s: %.3f",
                row.text(right),
                first.logProbability(),
                row.text(wrong),
                second.logProbability());
        return new Item(row.place(), 0, source.category(row), row.text(source.prompt()), "", verdict, values, Map.of());
    }
}
