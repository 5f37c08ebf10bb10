package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * True statements beside false ones: whether the model finds the true one more probable, by the sum of its tokens'
 * log-probabilities and by their mean. The first token is given.
 *
 * @param wrong the column of the false statement; that of the true one is the source's
 */
record StatementsMeasure(String name, Source source, String wrong) implements ProbabilityMeasure {
    static final String BY_SUM = "true_by_sum";
    static final String BY_MEAN = "true_by_mean";
    static final String TRUE_SUM = "log_p_true";
    static final String FALSE_SUM = "log_p_false";

    @Override
    public String kind() {
        return "statements";
    }

    @Override
    public List<ContinuationScore> scores(ContinuationModel model, List<NamedRow> rows) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.addAll(List.of(row.text(source.prompt()), row.text(wrong))));
        return model.textScores(texts);
    }

    @Override
    public Readings readings(List<Item> items, List<ContinuationScore> scores) {
        return new Readings(items).rate(BY_SUM, Goal.HIGHER).rate(BY_MEAN, Goal.HIGHER);
    }

    @Override
    public Item item(NamedRow row, List<ContinuationScore> scores) {
        ContinuationScore right = scores.get(0);
        ContinuationScore other = scores.get(1);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(BY_SUM, Higher.share(right.logProbability(), other.logProbability()));
        values.put(BY_MEAN, Higher.share(mean(right), mean(other)));
        values.put(TRUE_SUM, right.logProbability());
        values.put(FALSE_SUM, other.logProbability());
        String verdict = String.format(
                Locale.ROOT,
                "true: %.2f over %d tokens, false: %.2f over %d",
                right.logProbability(),
                right.tokens(),
                other.logProbability(),
                other.tokens());
        String asked = row.text(source.prompt()) + "\n" + row.text(wrong);
        return new Item(row.place(), 0, source.category(row), asked, "", verdict, values, Map.of());
    }

    private static double mean(ContinuationScore score) {
        return score.logProbability() / Math.max(1, score.tokens());
    }
}
