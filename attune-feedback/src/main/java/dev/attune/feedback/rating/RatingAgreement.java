package dev.attune.feedback.rating;

import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Krippendorff;
import dev.attune.core.stats.Krippendorff.Metric;
import dev.attune.core.stats.agreement.CohenKappa;
import dev.attune.core.stats.agreement.CohenKappa.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How people and a judge agree on the answers that both rated. Intervals are at 95 %, from resampled units.
 *
 * @param observed the share of equal verdicts
 * @param kappa Cohen's; undefined if both gave all answers one and the same verdict
 * @param kappaInterval null if kappa is undefined
 * @param alpha Krippendorff's, nominal; undefined likewise
 * @param alphaInterval null if alpha is undefined
 */
public record RatingAgreement(
        Figure observed,
        Figure kappa,
        @Nullable Interval kappaInterval,
        Figure alpha,
        @Nullable Interval alphaInterval) {
    private static final long SEED = 1;

    /** Two verdicts on one answer. */
    record Pair(String unit, boolean people, boolean judge) {}

    static RatingAgreement of(List<Pair> pairs) {
        CohenKappa cohen = cohen(pairs);
        return new RatingAgreement(
                cohen.observed(),
                cohen.kappa(),
                interval(pairs, cohen.kappa(), resample -> cohen(resample).kappa()),
                alpha(pairs),
                interval(pairs, alpha(pairs), RatingAgreement::alpha));
    }

    private static CohenKappa cohen(List<Pair> pairs) {
        return CohenKappa.of(
                pairs.stream().map(Pair::people).toList(),
                pairs.stream().map(Pair::judge).toList(),
                List.of(false, true),
                Weights.UNWEIGHTED);
    }

    private static Figure alpha(List<Pair> pairs) {
        double[][] ratings = {
            pairs.stream().mapToDouble(pair -> pair.people ? 1 : 0).toArray(),
            pairs.stream().mapToDouble(pair -> pair.judge ? 1 : 0).toArray()
        };
        return Krippendorff.figure(ratings, Metric.NOMINAL);
    }

    private static @Nullable Interval interval(List<Pair> pairs, Figure whole, Function<List<Pair>, Figure> figure) {
        if (whole.asOptional().isEmpty()) {
            return null;
        }
        List<List<Pair>> units = byUnit(pairs);
        return Bootstrap.interval(
                units.size(),
                indices -> figure.apply(Arrays.stream(indices)
                                .boxed()
                                .flatMap(unit -> units.get(unit).stream())
                                .toList())
                        .asOptional()
                        .orElse(Double.NaN),
                Interval.LEVEL,
                Bootstrap.RESAMPLES,
                SEED);
    }

    private static List<List<Pair>> byUnit(List<Pair> pairs) {
        Map<String, List<Pair>> units = new LinkedHashMap<>();
        pairs.forEach(pair ->
                units.computeIfAbsent(pair.unit, unseen -> new ArrayList<>()).add(pair));
        return List.copyOf(units.values());
    }
}
