package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A measure that reads the probabilities that a model gives to texts. A model that tells none is not measured. */
sealed interface ProbabilityMeasure extends Measure permits StatementsMeasure, OptionsMeasure, PerplexityMeasure {
    Source source();

    /** The scores of all rows' texts, equally many for each row. */
    List<ContinuationScore> scores(ContinuationModel model, List<NamedRow> rows);

    /** @param scores of the row's texts */
    Item item(NamedRow row, List<ContinuationScore> scores);

    /** @param scores of all rows */
    Readings readings(List<Item> items, List<ContinuationScore> scores);

    @Override
    default Measured of(Subject model) {
        Optional<ContinuationModel> probabilities = model.probabilities();
        if (probabilities.isEmpty()) {
            return new Measured(
                    name(),
                    kind(),
                    List.of(),
                    List.of(),
                    List.of("not measured: the model's server tells no probabilities of given texts"));
        }
        List<NamedRow> rows = source().rows();
        List<ContinuationScore> scores = scores(probabilities.get(), rows);
        int each = scores.size() / rows.size();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            items.add(item(rows.get(i), scores.subList(each * i, each * (i + 1))));
        }
        return new Measured(name(), kind(), readings(items, scores).list(), items, List.of());
    }
}
