package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.core.error.BadInputException;
import dev.attune.model.gguf.BlockFormat;
import dev.attune.model.gguf.GgufConversion;
import dev.attune.model.gguf.GgufFile;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.tensor.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune convert}: between Hugging Face directories and GGUF files. */
@Command(
        name = "convert",
        description = {
            "Convert a language model between a Hugging Face directory and a GGUF file, the format of llama.cpp, with"
                    + " tokenizer and chat template; or write a directory again with another type of weights.",
            "A model that the other format cannot express is refused, and no file is written."
        },
        footer = {
            "",
            "Examples:",
            "  attune convert runs/dpo/model model.gguf --type q8_0",
            "  attune convert model.gguf model",
            "  attune convert runs/dpo/model smaller --type bf16"
        })
public final class ConvertCommand extends BaseCommand {
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "Model: a directory in Hugging Face format, a GGUF file, or hf:owner/name.")
    private String model;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "Output: a name that ends in .gguf for a GGUF file, otherwise a directory.")
    private Path out;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "Type of the weights: f32, f16, bf16, or q8_0 in GGUF (default: f16 in GGUF; in a directory the"
                            + " type of the GGUF file, or f32 if it is quantised).")
    private @Nullable String type;

    @Option(names = "--json", description = "Print {out, tensors, type, bytes, notes}.")
    private boolean json;

    @Override
    protected int run() throws Exception {
        GgufConversion.Result result = convert();
        long bytes = size();
        result.notes().forEach(note -> err().println("note: " + note));
        if (json) {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("out", out.toString());
            written.put("tensors", result.tensors());
            written.put("type", result.type());
            written.put("bytes", bytes);
            written.put("notes", result.notes());
            json(written);
        } else {
            out().printf("%s: %d tensors, %s, %.1f MB%n", out, result.tensors(), result.type(), bytes / 1e6);
        }
        return 0;
    }

    private GgufConversion.Result convert() {
        boolean toGguf = isGguf(out.toString());
        if (Files.isRegularFile(Path.of(model)) || (isGguf(model) && !Files.isDirectory(Path.of(model)))) {
            if (toGguf) {
                throw BadInputException.at(
                        "OUT", out.toString(), "a directory, because the model is a GGUF file", "name a directory");
            }
            return GgufConversion.fromGguf(Path.of(model), out, type == null ? null : dtype());
        }
        Path directory = ModelLocation.resolve(model);
        if (toGguf) {
            return GgufConversion.toGguf(directory, out, format());
        }
        if (type == null) {
            throw BadInputException.at(
                    "OUT",
                    out.toString(),
                    "a name that ends in " + GgufFile.ENDING + ", or --type",
                    "say what to convert the directory to");
        }
        return GgufConversion.retype(directory, out, dtype());
    }

    private static boolean isGguf(String name) {
        return name.endsWith(GgufFile.ENDING);
    }

    private BlockFormat format() {
        return switch (type == null ? "f16" : type) {
            case "f32" -> BlockFormat.F32;
            case "f16" -> BlockFormat.F16;
            case "bf16" -> BlockFormat.BF16;
            case "q8_0" -> BlockFormat.Q8_0;
            default -> throw unknown("f32, f16, bf16 or q8_0");
        };
    }

    private DType dtype() {
        return switch (String.valueOf(type)) {
            case "f32" -> DType.FLOAT32;
            case "f16" -> DType.FLOAT16;
            case "bf16" -> DType.BFLOAT16;
            default -> throw unknown("f32, f16 or bf16 in a directory");
        };
    }

    private BadInputException unknown(String known) {
        return BadInputException.at("--type", "'" + type + "'", known, "change it");
    }

    private long size() throws Exception {
        if (Files.isRegularFile(out)) {
            return Files.size(out);
        }
        long bytes = 0;
        try (var files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
