package dev.attune.cli.lab;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of {@code attune lab constitutional}. */
final class ConstitutionalOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-constitutional",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("");

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of seeds, from 1 (default: ${DEFAULT-VALUE}).")
    int seeds;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of held-out prompts of each kind (default: ${DEFAULT-VALUE}).")
    int prompts;

    @Option(
            names = "--talks",
            paramLabel = "N",
            defaultValue = "96000",
            description = "Number of talks that the critic reads in pretraining (default: ${DEFAULT-VALUE}).")
    int talks;

    @Option(
            names = "--skill",
            paramLabel = "X",
            defaultValue = "0.85",
            description = "Accuracy of critic and judge below which they are not used (default: ${DEFAULT-VALUE}).")
    double skill;

    @Option(
            names = "--skill-prompts",
            paramLabel = "N",
            defaultValue = "400",
            description =
                    "Number of held-out requests for harm on which the skill is measured (default: ${DEFAULT-VALUE}).")
    int skillPrompts;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "350",
            description =
                    "Number of requests for harm; there are twice as many questions without an answer and four times as many"
                            + " with one (default: ${DEFAULT-VALUE}).")
    int requests;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "40",
            description = "Steps of PPO (default: ${DEFAULT-VALUE}).")
    int steps;

    @Option(
            names = "--rollouts",
            paramLabel = "N",
            defaultValue = "256",
            description = "Completions of a step, a multiple of 4 (default: ${DEFAULT-VALUE}).")
    int rollouts;
}
