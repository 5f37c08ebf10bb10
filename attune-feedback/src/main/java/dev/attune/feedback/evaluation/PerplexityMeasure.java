package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How probable texts are: exp(-sum of log-probabilities / number of tokens), over all texts together, the first token of
 * each given. A rise after alignment is a part of its tax. Models of different tokenizers cannot be compared by it.
 */
record PerplexityMeasure(String name, Source source) implements Measure {
    static final String PERPLEXITY = "perplexity";

    @Override
    public String kind() {
        return "perplexity";
    }

    @Override
    public Measured of(Subject model) {
        Optional<ContinuationModel> probabilities = model.probabilities();
        if (probabilities.isEmpty()) {
            return NoProbabilities.measured(this);
        }
        List<NamedRow> rows = source.rows();
        List<ContinuationScore> scores = probabilities
                .get()
                .textScores(rows.stream().map(row -> row.text(source.prompt())).toList());
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            items.add(item(rows.get(i), scores.get(i)));
        }
        List<Reading> readings = new Readings(items)
                .resampled(PERPLEXITY, false, Goal.LOWER, scores.size(), some -> perplexity(scores, some))
                .list();
        return new Measured(name, kind(), readings, items, List.of());
    }

    private Item item(NamedRow row, ContinuationScore score) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(PERPLEXITY, perplexity(List.of(score), new int[] {0}));
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
