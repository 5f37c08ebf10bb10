package dev.attune.training.run;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Folders;
import dev.attune.core.json.Json;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run's checkpoints, {@code checkpoints/step-N/}: the trainer's tensors in one safetensors file, its numbers in
 * state.json. A checkpoint is written under a temporary name and renamed, so one with the final name is complete.
 */
final class RunCheckpoints {
    private static final String TENSORS = "state.safetensors";
    private static final String NUMBERS = "state.json";
    private static final String TEMPORARY = ".tmp";

    /** The order of the weights in the flat tensors; a checkpoint with another order cannot be read. */
    private static final int LAYOUT = 2;

    private final Path folder;
    private final int keep;

    /** @param keep number of latest checkpoints to keep */
    RunCheckpoints(Path run, int keep) {
        this.folder = run.resolve("checkpoints");
        this.keep = keep;
    }

    /** The content of state.json. */
    record Numbers(int step, @Nullable Integer layout, Map<String, Double> numbers) {}

    void save(int step, TrainerState state) {
        Path target = folder.resolve("step-" + step);
        RunDirectory.writing("the checkpoint of step " + step, () -> {
            Path temporary = folder.resolve("step-" + step + TEMPORARY);
            Folders.delete(temporary);
            Folders.delete(target);
            Files.createDirectories(temporary);
            SafetensorsWriter.write(temporary.resolve(TENSORS), state.tensors(), null);
            AtomicFiles.write(
                    temporary.resolve(NUMBERS),
                    Json.pretty(new Numbers(step, LAYOUT, state.numbers().get())));
            AtomicFiles.rename(temporary, target);
            prune();
        });
    }

    /** The step of the latest complete checkpoint. */
    Optional<Integer> latest() throws IOException {
        return steps().stream().max(Comparator.naturalOrder());
    }

    /**
     * Overwrites the state with that of a checkpoint.
     *
     * @throws BadInputException if the checkpoint is of another recipe or damaged
     */
    void restore(int step, TrainerState state) {
        Numbers numbers = numbers(step);
        restore(step, state.tensors(), true);
        state.restore().accept(numbers.numbers());
    }

    private Numbers numbers(int step) {
        Path file = folder.resolve("step-" + step).resolve(NUMBERS);
        Numbers numbers = Json.read(file, Numbers.class);
        Integer layout = numbers.layout();
        if (layout == null || layout != LAYOUT) {
            throw BadInputException.at(
                    file + ", key layout",
                    layout == null ? "nothing" : layout.toString(),
                    LAYOUT + ", the order in which this version stores weights",
                    "use the version of Attune that wrote the checkpoint, or start the run again");
        }
        return numbers;
    }

    /** Overwrites some of the tensors of a checkpoint's state, by name. */
    void restore(int step, Map<String, Tensor> live) {
        numbers(step);
        restore(step, live, false);
    }

    private void restore(int step, Map<String, Tensor> live, boolean all) {
        Path from = folder.resolve("step-" + step);
        try (SafetensorsFile file = SafetensorsFile.open(from.resolve(TENSORS));
                NoGrad off = NoGrad.on()) {
            boolean fits =
                    all ? file.names().equals(live.keySet()) : file.names().containsAll(live.keySet());
            if (!fits) {
                throw BadInputException.at(
                        file.path().toString(),
                        "tensors " + file.names(),
                        live.keySet().toString(),
                        "resume with the run's own recipe");
            }
            for (Map.Entry<String, Tensor> entry : live.entrySet()) {
                restore(file, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void restore(SafetensorsFile file, String name, Tensor live) {
        if (!file.info(name).hasShape(live.shape())) {
            throw BadInputException.at(
                    file.path() + ", tensor " + name,
                    "shape " + file.info(name).shape(),
                    "shape " + List.of(boxed(live.shape())),
                    "resume with the run's own recipe");
        }
        try (Scope scope = Scope.open()) {
            live.copyInPlace(file.read(name));
        }
    }

    private static Long[] boxed(long[] shape) {
        return java.util.Arrays.stream(shape).boxed().toArray(Long[]::new);
    }

    /** The steps of the complete checkpoints, ascending. */
    List<Integer> steps() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.toString().endsWith(TEMPORARY))
                    .map(StepNames::stepOf)
                    .filter(step -> step < Integer.MAX_VALUE)
                    .sorted()
                    .toList();
        }
    }

    private void prune() throws IOException {
        List<Integer> steps = steps();
        for (int step : steps.subList(0, Math.max(0, steps.size() - keep))) {
            Folders.delete(folder.resolve("step-" + step));
        }
    }
}
