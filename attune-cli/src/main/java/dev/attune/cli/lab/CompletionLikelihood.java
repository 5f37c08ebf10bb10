package dev.attune.cli.lab;

import dev.attune.model.generation.Generated;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.batch.TokenDocument;
import java.util.Arrays;
import java.util.List;

/** Log-probabilities of completions under a model, which may be another one than sampled them. */
final class CompletionLikelihood {
    private static final int ROWS = 32;

    private CompletionLikelihood() {}

    /** The natural-log probability of each completion under the model at temperature 1. */
    static double[] logProbabilities(CausalLm model, List<Generated> completions) {
        double[] sums = new double[completions.size()];
        try (NoGrad off = NoGrad.on()) {
            for (int from = 0; from < sums.length; from += ROWS) {
                List<Generated> some = completions.subList(from, Math.min(from + ROWS, sums.length));
                try (Scope scope = Scope.open()) {
                    add(model, some, from, sums);
                }
            }
        }
        return sums;
    }

    private static void add(CausalLm model, List<Generated> some, int from, double[] sums) {
        List<PackedRow> rows = some.stream()
                .map(one -> PackedRow.of(TokenDocument.completion(one.prompt(), one.tokens())))
                .toList();
        TargetBatch batch = TargetBatch.of(rows);
        List<float[]> each =
                batch.split(LogProbabilities.of(model, batch, 1).chosen().toFloats());
        for (int i = 0; i < each.size(); i++) {
            for (float value : each.get(i)) {
                sums[from + i] += value;
            }
        }
    }

    /** For each completion log p(its own model) - log p(other). */
    static double[] divergence(List<Generated> completions, double[] underOther) {
        double[] difference = new double[underOther.length];
        Arrays.setAll(difference, i -> completions.get(i).logProbability() - underOther[i]);
        return difference;
    }

    static long tokens(List<Generated> completions) {
        return completions.stream().mapToLong(one -> one.tokens().length).sum();
    }
}
