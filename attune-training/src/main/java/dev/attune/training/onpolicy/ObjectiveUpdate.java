package dev.attune.training.onpolicy;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.batch.EntropyBonus;
import dev.attune.training.batch.LogProbabilityLoss;
import dev.attune.training.losses.KlTerm;
import dev.attune.training.losses.LossAggregation;
import dev.attune.training.losses.LossWindow;
import dev.attune.training.losses.PolicyObjective;
import dev.attune.training.losses.PolicyTokens;
import dev.attune.training.losses.SequenceLengths;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The loss of methods with one advantage per completion: over the tokens t of the completions i of a minibatch,
 *
 * <pre>
 *   L = sum w_i (objective_t + beta KL_t) - c_e entropy
 * </pre>
 *
 * where the weights w_i are those of the aggregation, known before the first forward pass.
 *
 * @param objective the term of a token
 * @param aggregation how tokens are weighed
 * @param kl the KL term; null for none
 * @param entropyCoefficient c_e, of the mean entropy over the minibatch's tokens
 * @param maskTruncated whether completions without an end token are out of the loss
 * @param batches the number of batches over which {@code bnpo} averages
 */
public record ObjectiveUpdate(
        PolicyObjective objective,
        LossAggregation aggregation,
        @Nullable KlTerm kl,
        double entropyCoefficient,
        boolean maskTruncated,
        int batches,
        OnPolicyOptions options)
        implements PolicyUpdate {
    @Override
    public Minibatch minibatch(List<Episode> episodes, List<Episode> generation) {
        double[] ofEpisodes = aggregation.weights(window(episodes, generation));
        IdentityHashMap<Episode, Double> weights = new IdentityHashMap<>();
        for (int i = 0; i < ofEpisodes.length; i++) {
            weights.put(episodes.get(i), ofEpisodes[i]);
        }
        double tokens = scored(episodes);
        return (batch, statistics) -> backward(batch, weights, Math.max(1, tokens), statistics);
    }

    private LossWindow window(List<Episode> episodes, List<Episode> generation) {
        int[] tokens = episodes.stream().mapToInt(this::scored).toArray();
        int[] batch = new int[tokens.length];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = i * batches / batch.length;
        }
        return new LossWindow(
                tokens,
                batch,
                options.generation().maxNewTokens(),
                scored(generation),
                (double) episodes.size() / generation.size());
    }

    private boolean masked(Episode episode) {
        return episode.unscored || (maskTruncated && !episode.ended());
    }

    private int scored(Episode episode) {
        return masked(episode) ? 0 : episode.length();
    }

    private long scored(List<Episode> episodes) {
        return episodes.stream().mapToLong(this::scored).sum();
    }

    private void backward(
            MicroBatch batch,
            IdentityHashMap<Episode, Double> ofEpisodes,
            double allTokens,
            UpdateStatistics statistics) {
        SequenceLengths lengths = SequenceLengths.of(
                batch.episodes().stream().mapToInt(Episode::length).toArray());
        double[] weights = batch.episodes().stream()
                .mapToDouble(episode -> ofEpisodes.getOrDefault(episode, 0.0))
                .toArray();
        double[] counted = batch.episodes().stream()
                .mapToDouble(episode -> masked(episode) ? 0 : 1)
                .toArray();
        Tensor old = batch.join(Episode::logProbabilities);
        Tensor advantages = batch.join(Episode::whitened);
        Tensor ofTokens = Tensor.of(lengths.spread(counted), lengths.tokens());
        double temperature = options.generation().temperature();
        EntropyBonus.Part bonus = entropyCoefficient == 0
                ? null
                : new EntropyBonus(entropyCoefficient / allTokens, temperature)
                        .of(batch.policy(), batch.hidden(), ofTokens);
        Tensor further = bonus == null ? null : bonus.gradient();
        LogProbabilityLoss.backward(batch.policy(), batch.batch(), batch.hidden(), further, temperature, chosen -> {
            PolicyObjective.Terms terms = objective.terms(new PolicyTokens(chosen, old, advantages, lengths));
            Tensor sum = lengths.weighted(terms.losses(), weights);
            batch.finite().require("policy loss", sum);
            if (kl != null) {
                sum = sum.plus(kl(batch, chosen, terms.ratios(), lengths, weights));
                batch.finite().require("loss with the KL term", sum);
            }
            double loss = sum.item() + (bonus == null ? 0 : bonus.loss());
            statistics.add(terms, ofTokens, loss, chosen.detach().minus(old));
            return sum;
        });
    }

    private Tensor kl(MicroBatch batch, Tensor chosen, Tensor ratios, SequenceLengths lengths, double[] weights) {
        KlTerm.Estimates estimates =
                Objects.requireNonNull(kl).of(chosen, batch.join(Episode::referenceLogProbabilities), ratios);
        return lengths.weighted(estimates.estimates(), weights).times(batch.coefficient());
    }
}
