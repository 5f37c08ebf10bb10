package dev.attune.model.transformer;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Device;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small checkpoint with what transformers computes from it, for tests of this package alone. */
public record Checkpoint(ModelConfig config, Map<String, Tensor> weights, Map<String, Tensor> golden) {
    public static Checkpoint read(Path folder) {
        return new Checkpoint(
                ModelConfig.read(folder.resolve("config.json")),
                tensors(folder.resolve("model.safetensors")),
                Files.exists(folder.resolve("golden.safetensors"))
                        ? tensors(folder.resolve("golden.safetensors"))
                        : Map.of());
    }

    public static Path shared(String name) {
        return Path.of(System.getProperty("attune.shared"), "models").resolve(name);
    }

    public TokenBatch batch() {
        return new TokenBatch(golden.get("input_ids"), golden.get("attention_mask"), null, null);
    }

    /** All tensors of a small safetensors file of f32, f16 and i64. */
    public static Map<String, Tensor> tensors(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int header = (int) bytes.getLong();
            JsonNode json = JsonMapper.shared().readTree(new String(bytes.array(), 8, header));
            var tensors = new LinkedHashMap<String, Tensor>();
            for (var entry : json.properties()) {
                if (entry.getKey().equals("__metadata__")) {
                    continue;
                }
                JsonNode info = entry.getValue();
                long[] shape = info.get("shape")
                        .valueStream()
                        .mapToLong(JsonNode::asLong)
                        .toArray();
                int begin = info.get("data_offsets").get(0).asInt();
                int end = info.get("data_offsets").get(1).asInt();
                DType type =
                        switch (info.get("dtype").asString()) {
                            case "F32" -> DType.FLOAT32;
                            case "F16" -> DType.FLOAT16;
                            case "I64" -> DType.INT64;
                            default -> throw new IllegalArgumentException(info.toString());
                        };
                Tensor tensor = Tensor.empty(type, Device.CPU, shape);
                tensor.writeBytes(0, ByteBuffer.wrap(bytes.array(), 8 + header + begin, end - begin));
                tensors.put(entry.getKey(), tensor);
            }
            return tensors;
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }
}
