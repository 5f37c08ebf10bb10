package dev.attune.cli;

import dev.attune.cli.command.EngineOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.BfloatProducts;
import dev.attune.model.tensor.DType;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The precision of a model that is only read; shared by the commands that run one. */
public final class PrecisionOption {
    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description =
                    "Precision: f32 (default), or bf16, where weights and cache take half the memory, and products are faster on"
                            + " processors with units for bfloat16.")
    private String precision = "f32";

    /**
     * The storage of a model's weights. Call after {@link EngineOptions#apply}.
     *
     * @throws BadInputException if bfloat16 would be slower here
     */
    DType storage(Path model) {
        return switch (precision) {
            case "f32" -> DType.FLOAT32;
            case "bf16" -> {
                requireFaster(Checkpoints.config(model));
                yield DType.BFLOAT16;
            }
            default -> throw BadInputException.at("--precision", "'" + precision + "'", "f32 or bf16", "change it");
        };
    }

    private static void requireFaster(ModelConfig config) {
        BfloatProducts.objection(config.width(), config.mlp().width()).ifPresent(reason -> {
            throw BadInputException.at("--precision", "bf16, but " + reason, "f32", "it is faster here");
        });
    }
}
