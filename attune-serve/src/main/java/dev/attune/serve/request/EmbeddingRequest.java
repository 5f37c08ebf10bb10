package dev.attune.serve.request;

import dev.attune.serve.fields.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request of /v1/embeddings.
 *
 * @param base64 whether vectors are written as bytes in base64
 * @param dimensions null: all
 */
public record EmbeddingRequest(
        List<PromptText> inputs, boolean base64, @Nullable Integer dimensions) {
    private static final KnownFields FIELDS =
            new KnownFields(Set.of("model", "input", "encoding_format", "dimensions"), Map.of("user", KnownFields.ANY));

    public static EmbeddingRequest read(Fields request, int vocabularySize, int width) {
        FIELDS.check(request);
        Long dimensions = request.integer("dimensions", 1, width);
        String format = request.text("encoding_format");
        if (format != null && !format.equals("float") && !format.equals("base64")) {
            throw request.wrong("encoding_format", "float or base64");
        }
        return new EmbeddingRequest(
                new PromptReader("input", vocabularySize).read(request),
                "base64".equals(format),
                dimensions == null ? null : (Integer) (int) (long) dimensions);
    }
}
