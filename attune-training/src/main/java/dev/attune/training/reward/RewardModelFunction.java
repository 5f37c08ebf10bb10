package dev.attune.training.reward;

import dev.attune.core.model.ScoringModel;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Exchange;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.batch.ExchangeEncoder;
import java.util.List;

/**
 * A reward model as a reward function: it reads prompt and completion together, closed by the end token as in its
 * training whether or not the policy produced one, and gives the raw logit. Completions without an end token are a matter
 * of the PPO settings' {@code missing_eos}.
 */
public final class RewardModelFunction implements RewardFunction, ScoringModel {
    private final String name;
    private final RewardModel model;
    private final ExchangeEncoder encoder;
    private final int micro;

    /**
     * @param name for logs and reports
     * @param model closed with this
     * @param micro sequences that pass through the model at once
     */
    public RewardModelFunction(String name, RewardModel model, ExchangeEncoder encoder, int micro) {
        this.name = name;
        this.model = model;
        this.encoder = encoder;
        this.micro = micro;
    }

    public RewardModel model() {
        return model;
    }

    /** How exchanges become tokens. */
    public ExchangeEncoder encoder() {
        return encoder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] score(List<Exchange> batch) {
        List<int[]> sequences = batch.stream()
                .map(exchange -> encoder.document(exchange.prompt(), exchange.completion())
                        .tokens())
                .toList();
        float[] scores = ScoredComparisons.score(model, sequences, micro);
        double[] result = new double[scores.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = scores[i];
        }
        return result;
    }

    @Override
    public void close() {
        model.close();
        encoder.tokenizer().close();
    }
}
