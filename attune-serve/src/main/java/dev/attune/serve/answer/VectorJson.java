package dev.attune.serve.answer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** A vector as numbers, or as little-endian float32 in base64. */
public final class VectorJson {
    private VectorJson() {}

    /** @param dimensions null: all; otherwise the first ones, scaled to length 1 */
    public static JsonNode of(float[] vector, @Nullable Integer dimensions, boolean base64) {
        float[] chosen = dimensions == null ? vector : scaled(Arrays.copyOf(vector, dimensions));
        if (base64) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * chosen.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(chosen);
            return JsonMapper.shared()
                    .getNodeFactory()
                    .stringNode(Base64.getEncoder().encodeToString(bytes.array()));
        }
        ArrayNode numbers = JsonMapper.shared().createArrayNode();
        for (float number : chosen) {
            numbers.add(number);
        }
        return numbers;
    }

    private static float[] scaled(float[] vector) {
        double sum = 0;
        for (float number : vector) {
            sum += (double) number * number;
        }
        double length = Math.sqrt(sum);
        for (int i = 0; i < vector.length && length > 0; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }
}
