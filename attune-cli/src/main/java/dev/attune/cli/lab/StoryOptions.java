package dev.attune.cli.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the labs on the stories share: pairs, base model, and how the recipe is trained. */
final class StoryOptions {
    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            defaultValue = "../shared/data/stories/pairs.jsonl",
            description = "Data file with pairs (default: ${DEFAULT-VALUE}).")
    private Path pairs;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = "../shared/models/stories260K",
            description = "Directory of the base model (default: ${DEFAULT-VALUE}).")
    private Path base;

    StoryTask task() throws IOException {
        return StoryTask.read(pairs, base);
    }

    /** Trains the recipe on a file of pairs, with further overrides; returns the run directory. */
    Path train(PrintWriter err, Path training, Path run, long seed, List<String> changes) throws IOException {
        List<String> settings = new ArrayList<>();
        List.of("sft", "reward", "ppo").forEach(stage -> settings.add(stage + ".data.path=" + training));
        settings.add("sft.model=" + base);
        settings.addAll(changes);
        return LabRuns.train(err, "stories", run, seed, settings);
    }
}
