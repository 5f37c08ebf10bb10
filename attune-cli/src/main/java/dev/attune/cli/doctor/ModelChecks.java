package dev.attune.cli.doctor;

import dev.attune.core.error.AttuneException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.checkpoint.NonFinite;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether a model directory can be used: configuration, tokenizer, weights. Every weight that is NaN or infinite is listed. */
public final class ModelChecks {
    private static final int MAX_LISTED = 20;

    private ModelChecks() {}

    /** @param name a directory, or {@code hf:owner/name} */
    public static List<Finding> all(String name) {
        List<Finding> findings = new ArrayList<>();
        Path[] place = new Path[1];
        boolean readable = add(findings, "model", () -> {
            place[0] = ModelLocation.resolve(name);
            return describe(Checkpoints.config(place[0]));
        });
        if (!readable) {
            return findings;
        }
        add(findings, "model tokenizer", () -> tokenizer(place[0]));
        boolean loads = add(findings, "model weights", () -> weights(place[0]));
        if (!loads) {
            findings.addAll(nonFinite(place[0]));
        }
        return findings;
    }

    private static boolean add(List<Finding> findings, String name, Supplier<String> check) {
        try {
            findings.add(Finding.ok(name, check.get()));
            return true;
        } catch (AttuneException e) {
            findings.add(Finding.problem(name, String.valueOf(e.getMessage()), "the line above says what to do"));
            return false;
        }
    }

    private static String describe(ModelConfig config) {
        return (config.isReward()
                        ? config.family().rewardArchitecture()
                        : config.family().causalArchitecture()) + ", "
                + config.layers() + " layers of width " + config.width() + ", " + config.vocabularySize()
                + " rows in the embedding";
    }

    private static String tokenizer(Path directory) {
        if (!Files.isRegularFile(directory.resolve("tokenizer.json"))) {
            return "none in the model directory";
        }
        try (Tokenizer tokenizer = Checkpoints.tokenizer(directory)) {
            return "ids up to " + (tokenizer.vocabularySize() - 1);
        }
    }

    private static String weights(Path directory) {
        if (Checkpoints.isReward(directory)) {
            try (var model = Checkpoints.loadReward(directory)) {
                return model.parameters().count() + " parameters, all finite";
            }
        }
        try (var model = Checkpoints.loadCausal(directory)) {
            return model.parameters().count() + " parameters, all finite"
                    + (model.config().tied() ? ", output projection tied to the embedding" : "");
        }
    }

    private static List<Finding> nonFinite(Path directory) {
        try {
            return NonFinite.in(directory).stream()
                    .limit(MAX_LISTED)
                    .map(weight -> Finding.problem(
                            "weight " + weight.name(),
                            weight.describe(),
                            "download the model again, or use a checkpoint from before the training diverged"))
                    .toList();
        } catch (AttuneException unreadable) {
            return List.of(); // the finding on the weights says why
        }
    }
}
