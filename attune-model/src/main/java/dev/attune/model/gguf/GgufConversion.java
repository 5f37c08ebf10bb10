package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.checkpoint.StoredModel;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.tokenizer.TokenizerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Converts models between Hugging Face directories and GGUF files. Weights are read and written one at a time; a model
 * is never in memory as a whole. What the other format cannot express is refused.
 */
public final class GgufConversion {
    private GgufConversion() {}

    /**
     * What was written.
     *
     * @param tensors their number in the file
     * @param type the type of the matrices, as in {@code q8_0}
     * @param notes what other programs will do differently, one sentence each
     */
    public record Result(int tensors, String type, List<String> notes) {
        public Result {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Writes a GGUF file.
     *
     * @param directory a language model in Hugging Face's layout
     * @param file appears whole or not at all
     * @param type F32, F16, BF16 or Q8_0, for matrices; vectors are float32, and matrices whose rows do not divide into
     *     blocks are float16
     * @throws BadInputException if the model cannot be read, or GGUF cannot express it
     */
    public static Result toGguf(Path directory, Path file, BlockFormat type) {
        try (StoredModel model = StoredModel.open(directory)) {
            ModelConfig config = model.config();
            GgufFamily family = GgufFamilies.of(directory.toString(), config);
            Metadata metadata = new Metadata(file.toString());
            describe(directory, family, type, metadata);
            family.describe(config, type, metadata);
            List<String> notes = tokenizer(directory, config, metadata);
            try (Scope scope = Scope.open()) {
                List<GgufWriter.Source> tensors = new GgufTensors(family, config, type).sources(model);
                GgufWriter.write(file, metadata, tensors);
                return new Result(tensors.size(), type.label(), notes);
            }
        }
    }

    private static void describe(Path directory, GgufFamily family, BlockFormat type, Metadata metadata) {
        metadata.put("general.architecture", family.architecture());
        metadata.put("general.type", "model");
        metadata.put(
                "general.name",
                String.valueOf(directory.toAbsolutePath().normalize().getFileName()));
        metadata.put("general.file_type", FileType.number(type));
        metadata.put("general.quantization_version", 2);
    }

    private static List<String> tokenizer(Path directory, ModelConfig config, Metadata metadata) {
        Optional<TokenizerSource> source = TokenizerSource.read(directory);
        if (source.isEmpty()) {
            metadata.put(TokenizerKeys.MODEL, TokenizerKeys.NONE);
            RoleIds.put(config.tokens(), metadata);
            return List.of("the model has no tokenizer, so that the file takes token ids only");
        }
        try (Tokenizer tokenizer = Checkpoints.tokenizer(directory)) {
            return TokenizerExport.write(source.get(), tokenizer, config, metadata);
        }
    }

    /**
     * Writes a model directory in Hugging Face's layout.
     *
     * @param directory appears whole or not at all; one that holds a model is replaced
     * @param dtype FLOAT32, BFLOAT16 or FLOAT16; null for the type of the file's matrices if it holds all values of the
     *     file exactly, otherwise float32
     * @throws BadInputException if the file cannot be read, or is of a family that Attune does not support
     */
    public static Result fromGguf(Path file, Path directory, @Nullable DType dtype) {
        try (GgufFile open = GgufFile.open(file)) {
            ImportedModel model = ImportedModel.of(open);
            DType stored = dtype != null ? dtype : model.exactType();
            model.write(directory, stored);
            return new Result(model.shapes().size(), FileType.label(stored), List.of());
        }
    }

    /**
     * Writes a model directory again with another type of weights. Reward models are converted too.
     *
     * @param dtype FLOAT32, BFLOAT16 or FLOAT16
     */
    public static Result retype(Path from, Path to, DType dtype) {
        try (StoredModel model = StoredModel.open(from)) {
            StoredModel.write(to, model.config(), model, dtype, place -> copyOthers(from, place));
            return new Result(model.shapes().size(), FileType.label(dtype), List.of());
        }
    }

    private static void copyOthers(Path from, Path to) throws IOException {
        if (TokenizerSource.read(from).isPresent()) {
            try (Tokenizer tokenizer = Checkpoints.tokenizer(from)) {
                tokenizer.save(to);
            }
        } else if (Files.isRegularFile(from.resolve(ImportedModel.GENERATION))) {
            Files.copy(from.resolve(ImportedModel.GENERATION), to.resolve(ImportedModel.GENERATION));
        }
    }
}
