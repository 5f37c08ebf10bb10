package dev.attune.model.local;

import dev.attune.core.reward.steps.StepScores;
import dev.attune.core.reward.steps.StepText;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.conversation.EncodedSteps;
import dev.attune.model.conversation.StepEncoder;
import dev.attune.model.tensor.Scope;
import dev.attune.model.transformer.RewardModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The probabilities of the steps of solutions by a process reward model: the sigmoid of the logit at each mark. */
final class StepProbabilities {
    private final RewardModel model;
    private final StepEncoder encoder;
    private final int rows;

    /** @param rows batch size, in sequences */
    StepProbabilities(RewardModel model, StepEncoder encoder, int rows) {
        this.model = model;
        this.encoder = encoder;
        this.rows = rows;
    }

    /** A completion without steps has none. */
    List<StepScores> of(List<PromptCompletion> batch) {
        List<List<String>> steps = batch.stream()
                .map(sample -> StepText.split(sample.completion(), encoder.mark()))
                .toList();
        List<EncodedSteps> encoded = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            encoded.add(encoder.encode("completion", batch.get(i).prompt(), steps.get(i)));
        }
        double[][] probabilities = new double[batch.size()][0];
        LongestFirst.forEachBatch(encoded, rows, EncodedSteps::length, places -> fill(encoded, places, probabilities));
        List<StepScores> scores = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            scores.add(new StepScores(
                    steps.get(i), Arrays.stream(probabilities[i]).boxed().toList()));
        }
        return scores;
    }

    private void fill(List<EncodedSteps> encoded, List<Integer> places, double[][] probabilities) {
        List<EncodedSteps> solved = places.stream()
                .map(encoded::get)
                .filter(row -> row.ends().length > 0)
                .toList();
        if (solved.isEmpty()) {
            return;
        }
        try (Scope scope = Scope.open()) {
            float[] logits = model.scoresAt(
                            solved.stream().map(EncodedSteps::ids).toList(),
                            solved.stream().map(EncodedSteps::ends).toList())
                    .toFloats();
            int at = 0;
            for (int place : places) {
                double[] own = new double[encoded.get(place).ends().length];
                for (int step = 0; step < own.length; step++) {
                    own[step] = 1 / (1 + Math.exp(-logits[at++]));
                }
                probabilities[place] = own;
            }
        }
    }
}
