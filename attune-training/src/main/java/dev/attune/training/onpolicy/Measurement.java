package dev.attune.training.onpolicy;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.TargetBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Old and reference log-probabilities and values of a step's episodes: computed once, without gradient, with the kernels
 * of the update.
 *
 * @param reference null for methods without one
 * @param critic null for methods without one
 */
record Measurement(
        CausalLm policy,
        @Nullable CausalLm reference,
        @Nullable Critic critic,
        OnPolicyOptions options) {
    void measure(List<Episode> episodes) {
        try (NoGrad off = NoGrad.on()) {
            List<List<Integer>> plan =
                    MicroBatches.planForWorkers(episodes, options.micro(), episode -> episode.row.length());
            Workers.mapEach(plan, micro -> {
                together(MicroBatches.pick(episodes, micro));
                return micro;
            });
        }
    }

    private void together(List<Episode> episodes) {
        try (Scope scope = Scope.open()) {
            TargetBatch batch = TargetBatch.of(episodes.stream().map(e -> e.row).toList());
            double temperature = options.generation().temperature();
            if (critic == null) {
                policy(episodes, batch, LogProbabilities.withEntropies(policy, batch, temperature));
            } else {
                policyAndCritic(episodes, batch, LogProbabilities.of(policy, batch, temperature), critic);
            }
            if (reference != null) {
                reference(episodes, batch, LogProbabilities.of(reference, batch, temperature));
            }
        }
    }

    /** @param figures log-probabilities and entropies, {@code [tokens, 2]} */
    private static void policy(List<Episode> episodes, TargetBatch batch, Tensor figures) {
        List<float[]> logs = batch.split(figures.select(1, 0).toFloats());
        List<float[]> entropies = batch.split(figures.select(1, 1).toFloats());
        for (int i = 0; i < episodes.size(); i++) {
            episodes.get(i).logProbabilities = logs.get(i);
            episodes.get(i).entropies = entropies.get(i);
        }
    }

    private static void policyAndCritic(
            List<Episode> episodes, TargetBatch batch, LogProbabilities now, Critic critic) {
        List<float[]> logs = batch.split(now.chosen().toFloats());
        List<float[]> values = batch.split(critic.values(batch, now.hidden()).toFloats());
        for (int i = 0; i < episodes.size(); i++) {
            episodes.get(i).logProbabilities = logs.get(i);
            episodes.get(i).values = values.get(i);
        }
    }

    private void reference(List<Episode> episodes, TargetBatch batch, LogProbabilities before) {
        List<float[]> logs = batch.split(before.chosen().toFloats());
        for (int i = 0; i < episodes.size(); i++) {
            Episode episode = episodes.get(i);
            episode.referenceLogProbabilities = logs.get(i);
            episode.kl = options.kl().estimator().estimate(episode.logProbabilities, logs.get(i));
        }
    }
}
