package dev.attune.studio;

import dev.attune.studio.run.TrainCommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that speaks the run directory as training does, in no time: six steps, a model. It waits after its third step
 * while the run's folder holds a file named hold, and fails where the recipe says so.
 */
public record StandIn(Path script) implements TrainCommandLine {
    public static final int STEPS = 6;

    private static final String TEXT = """
            if [ "$1" = --resume ]; then out=$2; else out=${2#out=}; mkdir -p "$out"; cp "$1" "$out/recipe.yaml"; fi
            if grep -q broken "$out/recipe.yaml"; then echo "attune: it is broken"; exit 3; fi
            touch "$out/metrics.jsonl"
            step=$(wc -l < "$out/metrics.jsonl")
            echo "going on after step $step"
            while [ $step -lt 6 ]; do
              if [ $step -ge 3 ]; then while [ -e "$out/../hold" ]; do sleep 0.02; done; fi
              step=$((step + 1))
              echo "{\\"step\\": $step, \\"loss\\": 0.$step}" >> "$out/metrics.jsonl"
            done
            mkdir -p "$out/model"
            echo '{"architectures": ["LlamaForCausalLM"]}' > "$out/model/config.json"
            """;

    public static StandIn in(Path folder) throws IOException {
        return new StandIn(Files.writeString(folder.resolve("train.sh"), TEXT));
    }

    @Override
    public List<String> with(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(arguments);
        return command;
    }
}
