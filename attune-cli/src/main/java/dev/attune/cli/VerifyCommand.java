package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.parity.LogitComparison;
import dev.attune.core.error.BadInputException;
import dev.attune.model.hub.ModelLocation;
import java.nio.file.Path;
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

    @Override
    protected int run() {
        if (!(tolerance >= 0)) {
            throw BadInputException.at(
                    "--tolerance", Double.toString(tolerance), "a number of at least 0", "change the value");
        }
        engine.apply();
        LogitComparison comparison = LogitComparison.of(ModelLocation.resolve(directory), golden);
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
}
