package dev.attune.training.reward;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.losses.BradleyTerryLoss;
import dev.attune.training.losses.PlackettLuceLoss;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The summed loss of one prompt's comparisons, and the divisor of such sums. */
final class ComparisonLoss {
    private final ComparisonSettings settings;

    ComparisonLoss(ComparisonSettings settings) {
        this.settings = settings;
    }

    /** The weights of the pairs, or the picks of the rankings. */
    double denominator(Comparison comparison) {
        return switch (settings.loss()) {
            case BRADLEY_TERRY -> comparison.weight();
            case PLACKETT_LUCE ->
                comparison.rankings().stream()
                        .mapToInt(order -> PlackettLuceLoss.picks(order.groups(), order.unranked()))
                        .sum();
        };
    }

    /** @param scores {@code [sequences]} */
    Tensor sum(Tensor scores, Comparison comparison) {
        return switch (settings.loss()) {
            case BRADLEY_TERRY -> pairs(scores, comparison.pairs());
            case PLACKETT_LUCE ->
                comparison.rankings().stream()
                        .map(order -> PlackettLuceLoss.loss(scores, order.groups(), order.unranked()))
                        .reduce(Tensor.scalar(0), Tensor::plus);
        };
    }

    private Tensor pairs(Tensor scores, List<Comparison.Pair> pairs) {
        Tensor chosen = scores.indexSelect(
                0, places(pairs.stream().mapToInt(Comparison.Pair::chosen).toArray()));
        Tensor rejected = scores.indexSelect(
                0, places(pairs.stream().mapToInt(Comparison.Pair::rejected).toArray()));
        Tensor weight = numbers(pairs, Comparison.Pair::weight);
        Tensor loss = BradleyTerryLoss.sum(
                chosen,
                rejected,
                numbers(pairs, Comparison.Pair::probability),
                numbers(pairs, Comparison.Pair::margin),
                weight);
        return settings.centering() == 0
                ? loss
                : loss.plus(BradleyTerryLoss.centering(chosen, rejected, weight).times(settings.centering()));
    }

    private static Tensor places(int[] places) {
        return Tensor.of(places, places.length);
    }

    private static Tensor numbers(List<Comparison.Pair> pairs, ToDoubleFunction<Comparison.Pair> number) {
        float[] values = new float[pairs.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number.applyAsDouble(pairs.get(i));
        }
        return Tensor.of(values, values.length);
    }
}
