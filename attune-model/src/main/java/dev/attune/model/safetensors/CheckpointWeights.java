package dev.attune.model.safetensors;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The weights of a model directory, open for reading: {@code model.safetensors}, or shards with their index. */
public final class CheckpointWeights implements AutoCloseable {
    /** The name of an unsharded file. */
    public static final String SINGLE = "model.safetensors";

    /** The name of the index, which maps tensors to shards. */
    public static final String INDEX = "model.safetensors.index.json";

    private static final long MAX_INDEX_BYTES = 256L << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path directory;
    private final List<SafetensorsFile> files = new ArrayList<>();
    private final Map<String, SafetensorsFile> byName = new LinkedHashMap<>();

    private CheckpointWeights(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the weights of a model directory.
     *
     * @throws BadInputException if there are none, a shard is missing or damaged, or the weights are pickled
     */
    public static CheckpointWeights open(Path directory) {
        CheckpointWeights weights = new CheckpointWeights(directory);
        boolean whole = false;
        try {
            weights.openFiles();
            whole = true;
            return weights;
        } finally {
            if (!whole) {
                weights.close();
            }
        }
    }

    private void openFiles() {
        if (!Files.isDirectory(directory)) {
            throw BadInputException.at(
                    directory.toString(), "no such directory", "a model directory", "check the path");
        }
        if (Files.isRegularFile(directory.resolve(SINGLE))) {
            SafetensorsFile file = openFile(SINGLE);
            file.names().forEach(name -> byName.put(name, file));
        } else if (Files.isRegularFile(directory.resolve(INDEX))) {
            openShards(directory.resolve(INDEX));
        } else {
            throw noWeights();
        }
    }

    private SafetensorsFile openFile(String name) {
        SafetensorsFile file = SafetensorsFile.open(directory.resolve(name));
        files.add(file);
        return file;
    }

    private void openShards(Path index) {
        Map<String, String> shardOf = readIndex(index);
        Map<String, SafetensorsFile> open = new LinkedHashMap<>();
        for (var entry : shardOf.entrySet()) {
            String shard = entry.getValue();
            Path path = directory.resolve(shard);
            if (!open.containsKey(shard) && !Files.isRegularFile(path)) {
                throw BadInputException.at(
                        index.toString(),
                        "the shard " + shard + ", which is missing",
                        "every shard next to the index",
                        "fetch the model again");
            }
            SafetensorsFile file = open.computeIfAbsent(shard, this::openFile);
            if (!file.names().contains(entry.getKey())) {
                throw BadInputException.at(
                        path.toString(),
                        "no tensor '" + entry.getKey() + "'",
                        "the tensors that " + INDEX + " puts there",
                        "fetch the model again");
            }
            byName.put(entry.getKey(), file);
        }
        refuseUnlisted(index, open);
    }

    private void refuseUnlisted(Path index, Map<String, SafetensorsFile> shards) {
        for (SafetensorsFile file : shards.values()) {
            for (String name : file.names()) {
                if (byName.get(name) != file) {
                    throw BadInputException.at(
                            file.path().toString(),
                            "the tensor '" + name + "'",
                            "only what " + index.getFileName() + " puts there",
                            "fetch the model again");
                }
            }
        }
    }

    private static Map<String, String> readIndex(Path index) {
        JsonNode map;
        try {
            if (Files.size(index) > MAX_INDEX_BYTES) {
                throw badIndex(index, Files.size(index) + " bytes");
            }
            map = MAPPER.readTree(Files.readAllBytes(index)).path("weight_map");
        } catch (JacksonException e) {
            throw new BadInputException(index + ": not JSON: " + e.getOriginalMessage() + "; fetch the model again", e);
        } catch (IOException e) {
            throw SafetensorsFile.unreadable(index, e);
        }
        Map<String, String> shardOf = new LinkedHashMap<>();
        for (var entry : map.properties()) {
            JsonNode shard = entry.getValue();
            if (!shard.isString() || !isPlainFileName(shard.stringValue())) {
                throw badIndex(index, "'" + entry.getKey() + "' in " + shard);
            }
            shardOf.put(entry.getKey(), shard.stringValue());
        }
        if (shardOf.isEmpty()) {
            throw badIndex(index, "no weight_map");
        }
        return shardOf;
    }

    private static boolean isPlainFileName(String name) {
        return name.endsWith(".safetensors") && name.matches("[A-Za-z0-9._-]+") && !name.startsWith(".");
    }

    private static BadInputException badIndex(Path index, String found) {
        return BadInputException.at(
                index.toString(), found, "a weight_map from tensors to shard file names", "fetch the model again");
    }

    private BadInputException noWeights() {
        try (Stream<Path> entries = Files.list(directory)) {
            var pickled = entries.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.matches("pytorch_model.*|.*\\.(bin|pt|pth|ckpt|h5|msgpack)"))
                    .filter(name -> !name.equals("tokenizer.bin"))
                    .sorted()
                    .findFirst();
            if (pickled.isPresent()) {
                return BadInputException.at(
                        directory.resolve(pickled.get()).toString(),
                        "pickled weights, which can run code when they are read",
                        SINGLE,
                        "load them in transformers and save again with save_pretrained, which writes safetensors");
            }
        } catch (IOException e) {
            return SafetensorsFile.unreadable(directory, e);
        }
        return BadInputException.at(
                directory.toString(), "no weights", SINGLE + " or " + INDEX, "name a complete model directory");
    }

    /** The names of all tensors. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** The header entry of a tensor. */
    public StoredTensor info(String name) {
        return fileOf(name).info(name);
    }

    /** The file that contains a tensor. */
    public Path pathOf(String name) {
        return fileOf(name).path();
    }

    /** A weight as float32. */
    public Tensor read(String name) {
        return fileOf(name).readWeight(name);
    }

    private SafetensorsFile fileOf(String name) {
        SafetensorsFile file = byName.get(name);
        if (file == null) {
            throw BadInputException.at(
                    directory.toString(), "no tensor '" + name + "'", "one with that name", "fetch the model again");
        }
        return file;
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
