package dev.attune.cli.lab;

import dev.attune.core.error.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune lab hh-harmless-smollm2}: a linear probe on the layers of a pretrained chat model. */
@Command(
        name = "hh-harmless-smollm2",
        description = {
            "Train the recipe hh-harmless-smollm2 and measure its accuracy on the validation file. Baselines: the shorter"
                    + " answer, and a bag of words fitted on the same training pairs.",
            "With --folds the validation file is not read: the recipe, with overrides, is cross-validated on the training"
                    + " file. Every fold computes the features again, which takes minutes."
        },
        footer = {
            "",
            "Examples:",
            "  attune lab hh-harmless-smollm2 --model runs/smollm2 --evidence docs/evidence/hh-harmless-smollm2.txt",
            "  attune lab hh-harmless-smollm2 --model runs/smollm2 --folds 5 head.layer=16"
        })
final class HarmlessProbeLab extends HarmlessLab {
    private static final String SHARED = "../shared/models/SmolLM2-135M-Instruct";

    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = "runs/smollm2",
            description = "Directory of the unpacked SmolLM2-135M-Instruct (default: ${DEFAULT-VALUE}).")
    private Path model;

    HarmlessProbeLab() {
        super("hh-harmless-smollm2", 1, 0.635, 15);
    }

    @Override
    List<String> settings() {
        if (!Files.isDirectory(model)) {
            throw BadInputException.at(
                    "--model",
                    "no such directory: " + model,
                    "the unpacked checkpoint",
                    "unpack it: java " + SHARED + "/Unpack.java " + SHARED + " " + model);
        }
        return List.of("model=" + model);
    }
}
