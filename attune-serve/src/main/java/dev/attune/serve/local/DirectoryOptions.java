package dev.attune.serve.local;

import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.tensor.DType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a model in a directory is served.
 *
 * @param id its name in requests
 * @param adapters directories in PEFT's format, by their names in requests
 * @param conversations how messages are rendered and encoded
 * @param storage of the weights and of the key-value cache: FLOAT32 or BFLOAT16
 * @param places sequences that are computed at once
 * @param queue requests that wait for a place; more are refused
 * @param cacheBytes memory for keys and values; there is always room for one sequence of the model's greatest length
 */
@RecordBuilder
public record DirectoryOptions(
        String id,
        Map<String, Path> adapters,
        ConversationOptions conversations,
        DType storage,
        int places,
        int queue,
        long cacheBytes)
        implements DirectoryOptionsBuilder.With {
    public DirectoryOptions {
        adapters = Map.copyOf(adapters);
    }

    /** 64 places, a queue of 256, 4 GB for keys and values, float32, the model's own template. */
    public static DirectoryOptions of(String id) {
        return new DirectoryOptions(id, Map.of(), ConversationOptions.DEFAULT, DType.FLOAT32, 64, 256, 4L << 30);
    }
}
