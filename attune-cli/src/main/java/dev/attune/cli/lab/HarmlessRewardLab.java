package dev.attune.cli.lab;

import picocli.CommandLine.Command;

/** {@code attune lab hh-harmless-reward}: a small model from scratch. */
@Command(
        name = "hh-harmless-reward",
        description = {
            "Train the recipe hh-harmless-reward with several seeds and measure the accuracy on the validation file, which is"
                    + " read once, at the end. Baselines: the shorter answer, and a bag of words fitted on the same training pairs.",
            "With --folds the validation file is not read: the recipe, with overrides, is cross-validated on the training"
                    + " file. The recipe's settings were chosen this way."
        },
        footer = {
            "",
            "Examples:",
            "  attune lab hh-harmless-reward --evidence docs/evidence/hh-harmless-reward.txt",
            "  attune lab hh-harmless-reward --folds 3 optimizer.learning_rate=3e-4 epochs=2"
        })
final class HarmlessRewardLab extends HarmlessLab {
    HarmlessRewardLab() {
        super("hh-harmless-reward", 3, 0.60, 10);
    }
}
