package dev.attune.cli.lab;

import picocli.CommandLine.Command;

/** {@code attune lab hh-harmless-reward}: a small model from scratch. */
@Command(
        name = "hh-harmless-reward",
        description = {
            "Train the recipe hh-harmless-reward with several seeds and read the validation file once, at the end; beside it"
                    + " the length and a bag of words, fitted on the same training pairs.",
            "With --folds nothing of the validation file is read: the recipe, with changes, is cross-validated inside the"
                    + " training file. That is how its settings were chosen."
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
