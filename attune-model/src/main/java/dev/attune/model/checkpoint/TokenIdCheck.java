package dev.attune.model.checkpoint;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Compares a tokenizer's ids with the rows of a model's embedding. More rows than ids are common, because vocabularies
 * are padded to a round size; an id without a row would fail during a computation.
 */
public final class TokenIdCheck {
    private TokenIdCheck() {}

    /**
     * Refuses a tokenizer with ids that the model has no row for: of its vocabulary, of added tokens, or of the BOS,
     * EOS and padding tokens.
     *
     * @param directory of the model, for error messages
     */
    public static void require(Path directory, ModelConfig config, Tokenizer tokenizer) {
        int rows = config.vocabularySize();
        int last = tokenizer.vocabularySize() - 1;
        if (last >= rows) {
            throw BadInputException.at(
                    directory.toString(),
                    "a tokenizer with ids up to " + last + " (" + rows + " is '" + tokenizer.decodeRaw(new int[] {rows})
                            + "')",
                    "ids up to " + (rows - 1) + ", because the model's embedding has " + rows + " rows",
                    "use the tokenizer that belongs to these weights, or add the rows in transformers with"
                            + " model.resize_token_embeddings(" + (last + 1) + ") and save the model again");
        }
        requireRole(directory, "bos_token_id", tokenizer.bosId(), rows);
        tokenizer.eosIds().forEach(id -> requireRole(directory, "eos_token_id", id, rows));
        requireRole(directory, "pad_token_id", tokenizer.padId(), rows);
    }

    private static void requireRole(Path directory, String key, @Nullable Integer id, int rows) {
        if (id != null && id >= rows) {
            throw BadInputException.at(
                    directory + ", " + key + " of " + "generation_config.json or config.json",
                    "the id " + id,
                    "ids up to " + (rows - 1) + ", because the model's embedding has " + rows + " rows",
                    "correct the key");
        }
    }
}
