package dev.attune.model.adapter;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.BaseModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adapters in PEFT's format: {@code adapter_config.json} and {@code adapter_model.safetensors}, whose names are
 * {@code base_model.model.} and the base's own name of the module, then {@code .lora_A.weight} and {@code .lora_B.weight},
 * {@code .lora_embedding_A} and {@code .lora_embedding_B}, {@code .lora_magnitude_vector}; modules that are trained as a
 * whole have the base's names.
 */
public final class PeftFiles {
    /** The file of the weights. */
    public static final String WEIGHTS = "adapter_model.safetensors";

    private static final String PREFIX = "base_model.model.";
    private static final String BASE_LAYER = ".base_layer.weight";

    private PeftFiles() {}

    /** Whether a directory holds an adapter in PEFT's format. */
    public static boolean isAdapter(Path directory) {
        return Files.isRegularFile(directory.resolve(PeftConfig.FILE));
    }

    /**
     * Writes an adapter's two files.
     *
     * @param base the name or path of the base, which PEFT loads; null if the reader names it
     * @param dtype FLOAT32, BFLOAT16 or FLOAT16
     */
    public static void save(Path directory, Adapter adapter, @Nullable String base, DType dtype) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        adapter.parameters().byName().forEach((name, weight) -> named.put(PREFIX + name, weight));
        try {
            Files.createDirectories(directory);
            SafetensorsWriter.write(directory.resolve(WEIGHTS), named, dtype);
            AtomicFiles.write(
                    directory.resolve(PeftConfig.FILE),
                    PeftConfig.write(adapter.spec(), adapter.base().config(), adapter.modules(), base));
        } catch (IOException e) {
            throw new RunFailedException(directory + ": the adapter cannot be saved: " + e.getMessage(), e);
        }
    }

    /**
     * What an adapter belongs to.
     *
     * @param base path of the base, or its name on the hub
     * @param reward whether it has a score head
     */
    public record Identity(String base, boolean reward) {}

    /** The base and task that a directory's adapter_config.json names; empty if it is not LoRA or names no base. */
    public static Optional<Identity> identity(Path directory) {
        return isAdapter(directory) ? PeftConfig.identity(directory.resolve(PeftConfig.FILE)) : Optional.empty();
    }

    /** The settings of a stored adapter for a model. */
    public static AdapterSpec spec(Path directory, BaseModel base) {
        return config(directory, base).spec();
    }

    private static PeftConfig config(Path directory, BaseModel base) {
        Path file = directory.resolve(PeftConfig.FILE);
        try {
            return PeftConfig.parse(file.toString(), Files.readString(file), base.config());
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read; name the directory of an adapter", e);
        }
    }

    /**
     * Reads an adapter.
     *
     * @param base that it was trained on
     * @param seed of its dropout, if it is trained further
     * @throws BadInputException naming the first tensor that is missing, has another shape, is not finite or fits no
     *     module: nothing is passed over
     */
    public static Adapter load(Path directory, BaseModel base, long seed) {
        AdapterSpec spec = config(directory, base).spec();
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve(WEIGHTS))) {
            Adapter adapter = Adapter.empty(base, spec, seed);
            try (NoGrad off = NoGrad.on()) {
                new Loading(file, adapter).run();
                return adapter;
            } catch (RuntimeException e) {
                adapter.close();
                throw e;
            }
        }
    }

    private record Loading(SafetensorsFile file, Adapter adapter) {
        void run() {
            Set<String> left = new LinkedHashSet<>(file.names());
            adapter.parameters().byName().forEach((name, weight) -> {
                String key = key(name);
                left.remove(key);
                copy(key, weight);
            });
            left.forEach(this::requireBaseWeight);
        }

        private String key(String name) {
            String key = PREFIX + name;
            boolean older = name.endsWith(Adapter.MAGNITUDE) && file.names().contains(key + ".weight");
            String found = older ? key + ".weight" : key;
            if (!file.names().contains(found)) {
                throw BadInputException.at(
                        file.path().toString(),
                        "no tensor " + key,
                        "one for every module that " + PeftConfig.FILE + " names",
                        "save the adapter again");
            }
            return found;
        }

        private void copy(String key, Tensor target) {
            if (!Arrays.equals(file.info(key).dims(), target.shape())) {
                throw BadInputException.at(
                        file.path() + ", tensor " + key,
                        "shape " + file.info(key).shape(),
                        "shape " + Arrays.toString(target.shape()) + ", as the base and " + PeftConfig.FILE
                                + " have it",
                        "use the base that the adapter was trained on, with the same vocabulary");
            }
            try (Scope scope = Scope.open()) {
                Tensor found = file.readWeight(key);
                if (!found.isFinite()) {
                    throw BadInputException.at(
                            file.path() + ", tensor " + key,
                            "values that are not finite",
                            "finite numbers",
                            "go back to a checkpoint from before the training diverged");
                }
                target.copyInPlace(found);
            }
        }

        /** PEFT stores the base's embedding beside an adapter that changes it, which must be that of this base. */
        private void requireBaseWeight(String key) {
            String name = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
            String weight = name.endsWith(BASE_LAYER)
                    ? name.substring(0, name.length() - BASE_LAYER.length()) + ".weight"
                    : name;
            Tensor base = adapter.base().weight(weight);
            if (base == null) {
                throw BadInputException.at(
                        file.path() + ", tensor " + key,
                        "a tensor that fits no module which " + PeftConfig.FILE + " names",
                        "tensors such as " + PREFIX + example(),
                        "correct the name, or target_modules");
            }
            if (!Arrays.equals(file.info(key).dims(), base.shape())) {
                throw BadInputException.at(
                        file.path() + ", tensor " + key,
                        "shape " + file.info(key).shape() + ", a grown vocabulary",
                        "shape " + Arrays.toString(base.shape()) + ", as the base has it",
                        "add the new tokens to the base, or merge the adapter in PEFT");
            }
            try (Scope scope = Scope.open()) {
                if (!file.readWeight(key).sameValues(base.toFloat())) {
                    throw BadInputException.at(
                            file.path() + ", tensor " + key,
                            "other values than the base has, and no entry in modules_to_save",
                            "the base's own weight",
                            "use the base that the adapter was trained on, or name the module in modules_to_save");
                }
            }
        }

        private String example() {
            return adapter.modules().stream().findFirst().map(Adapter::nameOfA).orElse("score.weight");
        }
    }
}
