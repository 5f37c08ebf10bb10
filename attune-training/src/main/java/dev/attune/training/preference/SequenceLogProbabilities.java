package dev.attune.training.preference;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.batch.TokenDocument;
import java.util.List;

/** The log-probability of whole documents under a model, without gradient. */
public final class SequenceLogProbabilities {
    private SequenceLogProbabilities() {}

    /**
     * The log-probabilities of each document's targets, summed in double precision; 0 for a document without targets.
     *
     * @param micro documents that pass through the model at once
     */
    public static double[] sums(CausalLm model, List<TokenDocument> documents, int micro) {
        double[] sums = new double[documents.size()];
        List<List<Integer>> plan = MicroBatches.planForWorkers(documents, micro, TokenDocument::length);
        Workers.mapEach(plan, places -> {
            double[] part = sums(model, MicroBatches.pick(documents, places));
            for (int i = 0; i < part.length; i++) {
                sums[places.get(i)] = part[i];
            }
            return places;
        });
        return sums;
    }

    /** The same for documents that pass through the model together. */
    public static double[] sums(CausalLm model, List<TokenDocument> documents) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            TargetBatch batch =
                    TargetBatch.of(documents.stream().map(PackedRow::of).toList());
            List<float[]> logs =
                    batch.split(LogProbabilities.of(model, batch, 1).chosen().toFloats());
            return logs.stream().mapToDouble(SequenceLogProbabilities::sum).toArray();
        }
    }

    private static double sum(float... logs) {
        double sum = 0;
        for (float log : logs) {
            sum += log;
        }
        return sum;
    }
}
