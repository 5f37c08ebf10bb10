package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How probable texts are: exp(-sum of log-probabilities / number of tokens), over all texts together, the first token of
 * each given. A rise after alignment is a part of its tax. Models of different tokenizers cannot be compared by it.
 */
record PerplexityMeasure(String name, Source source) implements ProbabilityMeasure {
    static final String PERPLEXITY = "perplexity";

    @Override
    public String kind() {
        return "perplexity";
    }

    @Override
    public List<ContinuationScore> scores(ContinuationModel model, List<NamedRow> rows) {
        return model.textScores(
                rows.stream().map(row -> row.text(source.prompt())).toList());
    }

    @Override
    public Readings readings(List<Item> items, List<ContinuationScore> scores) {
        return new Readings(items)
                .resampled(PERPLEXITY, false, Goal.LOWER, scores.size(), some -> perplexity(scores, some));
    }

    @Override
    public Item item(NamedRow row, List<ContinuationScore> scores) {
        ContinuationScore score = scores.get(0);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(PERPLEXITY, perplexity(scores, new int[] {0}));
        String verdict = String.format(Locale.ROOT, "%.2f over %d tokens", score.logProbability(), score.tokens());
        return new Item(row.place(), 0, source.category(row), row.text(source.prompt()), "", verdict, values, Map.of());
    }

    private static double perplexity(List<ContinuationScore> scores, int[] some) {
        double sum = 0;
        long tokens = 0;
        for (int i : some) {
            sum += scores.get(i).logProbability();
            tokens += scores.get(i).tokens();
        }
        return Math.exp(-sum / Math.max(1, tokens));
    }
}
