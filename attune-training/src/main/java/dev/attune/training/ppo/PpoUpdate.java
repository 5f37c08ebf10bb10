package dev.attune.training.ppo;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.StateChunks;
import dev.attune.training.losses.Entropy;
import dev.attune.training.losses.KlLoss;
import dev.attune.training.losses.PolicyLoss;
import dev.attune.training.onpolicy.Episode;
import dev.attune.training.onpolicy.MicroBatch;
import dev.attune.training.onpolicy.PolicyUpdate;
import dev.attune.training.onpolicy.UpdateStatistics;
import dev.attune.training.recipe.KlSettings;
import java.util.List;

/**
 * The policy's part of PPO's loss, over the tokens of a minibatch:
 *
 * <pre>
 *   L = L_policy + c_v L_VF - c_e L_ENT (+ beta L_KL if the KL is a loss)
 * </pre>
 *
 * which is the textbook's L_PPO = L_VF + c1 L_policy + c2 L_ENT divided by c1 = 1 / c_v, signs turned for minimisation; L_VF is
 * the critic's. Every term is a sum over tokens divided by the tokens of the whole minibatch, so that micro-batches change
 * nothing.
 */
record PpoUpdate(PpoOptions options) implements PolicyUpdate {
    @Override
    public Minibatch minibatch(List<Episode> episodes, List<Episode> generation) {
        double tokens = episodes.stream().mapToLong(Episode::length).sum();
        return (batch, statistics) -> backward(batch, tokens, statistics);
    }

    private void backward(MicroBatch batch, double tokens, UpdateStatistics statistics) {
        Tensor old = batch.join(Episode::logProbabilities);
        Tensor advantages = batch.join(Episode::whitened);
        Tensor reference = batch.join(Episode::referenceLogProbabilities);
        StateChunks.backward(
                batch.hidden(), batch.policy().config().vocabularySize(), batch.further(), (part, from, count) -> terms(
                                batch,
                                part,
                                batch.batch().targets().narrow(0, from, count),
                                old.narrow(0, from, count),
                                advantages.narrow(0, from, count),
                                reference.narrow(0, from, count),
                                statistics)
                        .dividedBy(tokens));
    }

    private Tensor terms(
            MicroBatch batch,
            Tensor hidden,
            Tensor targets,
            Tensor old,
            Tensor advantages,
            Tensor reference,
            UpdateStatistics statistics) {
        Tensor logits = LogProbabilities.logits(
                batch.policy(), hidden, options.generation().temperature());
        Tensor chosen = Functional.logProbabilities(logits, targets);
        PolicyLoss loss = PolicyLoss.of(chosen, old, advantages, options.ppo().clip());
        Tensor entropy = entropy(logits);
        Tensor total = loss.loss();
        if (options.ppo().entropyCoefficient() != 0) {
            total = total.minus(entropy.times(options.ppo().entropyCoefficient()));
        }
        if (options.kl().placement() == KlSettings.Placement.LOSS) {
            total = total.plus(
                    KlLoss.sum(options.kl().estimator(), chosen, reference).times(batch.coefficient()));
        }
        statistics.add(loss, entropy, chosen.detach().minus(old));
        batch.finite().require("policy loss", loss.loss());
        batch.finite().require("PPO loss", total);
        return total;
    }

    /** Summed over tokens, with gradient only if it is part of the loss. */
    private Tensor entropy(Tensor logits) {
        if (options.ppo().entropyCoefficient() != 0) {
            return Entropy.of(logits).sum();
        }
        try (NoGrad off = NoGrad.on()) {
            return Entropy.of(logits.detach()).sum();
        }
    }
}
