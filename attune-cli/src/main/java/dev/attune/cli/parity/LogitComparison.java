package dev.attune.cli.parity;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A model's logits beside those of another implementation.
 *
 * @param difference largest absolute difference of two logits; NaN if one is NaN
 * @param positions how many positions were compared
 */
public record LogitComparison(double difference, long positions) {
    public boolean within(double tolerance) {
        return difference <= tolerance;
    }

    /**
     * Runs the model on the stored inputs.
     *
     * @param directory a causal model or a reward model
     * @param golden safetensors with input_ids and attention_mask [batch, time] and logits [batch, time, vocabulary], or
     *     [batch, 1] for a reward model
     * @throws BadInputException if a tensor is missing or does not fit the model
     */
    public static LogitComparison of(Path directory, Path golden) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                SafetensorsFile file = SafetensorsFile.open(golden)) {
            Tensor ids = tensor(file, "input_ids", golden).toLong();
            Tensor mask = tensor(file, "attention_mask", golden).toLong();
            Tensor expected = tensor(file, "logits", golden).toFloat();
            if (ids.rank() != 2 || !Arrays.equals(ids.shape(), mask.shape())) {
                throw BadInputException.at(
                        golden.toString(),
                        "input_ids " + Arrays.toString(ids.shape()) + " and attention_mask "
                                + Arrays.toString(mask.shape()),
                        "two tensors [batch, time]",
                        "store them again");
            }
            TokenBatch batch = new TokenBatch(ids, mask, null, null);
            boolean reward = Checkpoints.isReward(directory);
            Tensor found = reward ? rewardLogits(directory, batch) : causalLogits(directory, batch);
            if (!Arrays.equals(found.shape(), expected.shape())) {
                throw BadInputException.at(
                        golden + ", key 'logits'",
                        "the shape " + Arrays.toString(expected.shape()),
                        Arrays.toString(found.shape()),
                        "store the logits of this model");
            }
            Tensor apart = found.minus(expected).abs();
            if (reward) {
                return new LogitComparison(largest(apart), ids.size(0));
            }
            Tensor pads = mask.equalTo(0).unsqueeze(2).expand(apart.shape());
            return new LogitComparison(
                    largest(apart.maskedFill(pads, 0)), Math.round(mask.sum().item()));
        }
    }

    private static double largest(Tensor differences) {
        return differences.isFinite() ? differences.max().item() : Double.NaN;
    }

    private static Tensor causalLogits(Path directory, TokenBatch batch) {
        try (CausalLm model = Checkpoints.loadCausal(directory)) {
            return model.logits(inRange(batch, model.config().vocabularySize()));
        }
    }

    private static Tensor rewardLogits(Path directory, TokenBatch batch) {
        try (RewardModel model = Checkpoints.loadReward(directory)) {
            Tensor scores = model.scores(inRange(batch, model.config().vocabularySize()));
            return scores.minus(model.rewardBias()).unsqueeze(1);
        }
    }

    /** Refuses ids beyond the embedding; at padding, which is ignored, any id becomes 0. */
    private static TokenBatch inRange(TokenBatch batch, int vocabulary) {
        Tensor real = batch.ids().times(batch.mask());
        long[] ids = real.toLongs();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= vocabulary) {
                throw BadInputException.at(
                        "input_ids, row " + i / batch.time() + ", position " + i % batch.time(),
                        "the token id " + ids[i],
                        "ids from 0 to " + (vocabulary - 1) + ", the rows of the model's embedding",
                        "store ids of this model's tokenizer");
            }
        }
        return new TokenBatch(real, batch.mask(), batch.positions(), batch.segments());
    }

    private static Tensor tensor(SafetensorsFile file, String name, Path path) {
        if (!file.names().contains(name)) {
            throw BadInputException.at(
                    path.toString(),
                    "no tensor '" + name + "'",
                    "input_ids, attention_mask and logits",
                    "store all three");
        }
        return file.read(name);
    }
}
