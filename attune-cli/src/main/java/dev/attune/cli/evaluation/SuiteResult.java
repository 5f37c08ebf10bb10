package dev.attune.cli.evaluation;

import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.EvaluationSummary;
import dev.attune.feedback.evaluation.RatedMeasure;
import dev.attune.feedback.evaluation.Standings;
import dev.attune.feedback.evaluation.Wins;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param evaluated the model
 * @param baselines of the same measures in the same order
 * @param wins of all pairs of models under each measure that compares them
 * @param standings of those measures; none for fewer than three models
 * @param rated people's ratings of the model's answers, by measure; none without ratings
 */
public record SuiteResult(
        String suite,
        Evaluated evaluated,
        List<Beside> baselines,
        List<Wins> wins,
        List<Standings> standings,
        List<RatedMeasure> rated) {
    public SuiteResult {
        baselines = List.copyOf(baselines);
        wins = List.copyOf(wins);
        standings = List.copyOf(standings);
        rated = List.copyOf(rated);
    }

    /** Everything but the items, for evaluation.json. */
    public EvaluationSummary figures() {
        return EvaluationSummary.of(
                suite,
                evaluated,
                baselines.stream().map(Beside::figures).toList(),
                wins.stream().map(Wins::figures).toList(),
                standings,
                rated);
    }

    /** The wins of a measure. */
    List<Wins> winsOf(String measure) {
        return wins.stream().filter(one -> one.measure().equals(measure)).toList();
    }

    /** People's ratings in a measure beside the judge's verdicts, as names and texts; empty without ratings. */
    Map<String, String> ratingsOf(String measure) {
        return rated.stream()
                .filter(one -> one.measure().equals(measure))
                .findFirst()
                .map(RatedMeasure::facts)
                .orElse(Map.of());
    }

    /** The standings of a measure; empty for fewer than three models. */
    Optional<Standings> standingsOf(String measure) {
        return standings.stream().filter(one -> one.measure().equals(measure)).findFirst();
    }
}
