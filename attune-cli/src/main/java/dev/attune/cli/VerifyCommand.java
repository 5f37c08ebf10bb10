package dev.attune.cli;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune verify}: compares Attune's logits with those of another implementation. */
@Command(
        name = "verify",
        description = {
            "Compare a model's logits with logits stored by another implementation. Exit status 1 if they differ by more than"
                    + " the tolerance.",
            "FILE is safetensors with input_ids and attention_mask [batch, time] and logits [batch, time, vocabulary],"
                    + " or [batch, 1] for a reward model. Positions with attention_mask 0 are ignored."
        },
        footer = {
            "",
            "Example:",
            "  attune verify ../shared/models/tiny/llama --against ../shared/models/tiny/llama/golden.safetensors"
        })
public final class VerifyCommand extends BaseCommand {
    @Parameters(paramLabel = "MODEL", description = "Model: a directory in Hugging Face format, or hf:owner/name.")
    private String directory;

    @Option(
            names = "--against",
            required = true,
            paramLabel = "FILE",
            description = "Stored logits, a safetensors file.")
    private Path golden;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "1e-4",
            description = "Tolerance: largest absolute difference allowed (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(names = "--json", description = "Print {largest_difference, tolerance, positions, within}.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    /**
     * @param difference largest absolute difference of two logits; NaN if one is NaN
     * @param positions how many positions were compared
     */
    public record Comparison(double difference, long positions) {
        public boolean within(double tolerance) {
            return difference <= tolerance;
        }
    }

    @Override
    protected int run() {
        if (!(tolerance >= 0)) {
            throw BadInputException.at(
                    "--tolerance", Double.toString(tolerance), "a number of at least 0", "change the value");
        }
        engine.apply();
        Comparison comparison = compare(ModelLocation.resolve(directory), golden);
        boolean within = comparison.within(tolerance);
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("largest_difference", comparison.difference());
            result.put("tolerance", tolerance);
            result.put("positions", comparison.positions());
            result.put("within", within);
            json(result);
        } else {
            out().printf(
                            "largest difference %.3g over %d positions, tolerance %.3g: %s%n",
                            comparison.difference(), comparison.positions(), tolerance, within ? "within" : "ABOVE");
        }
        return within ? 0 : 1;
    }

    /** Runs the model on the stored inputs. */
    public static Comparison compare(Path directory, Path golden) {
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
                return new Comparison(largest(apart), ids.size(0));
            }
            Tensor pads = mask.equalTo(0).unsqueeze(2).expand(apart.shape());
            return new Comparison(
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
