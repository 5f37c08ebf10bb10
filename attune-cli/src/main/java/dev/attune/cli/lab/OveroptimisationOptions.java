package dev.attune.cli.lab;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code attune lab over-optimisation}. */
final class OveroptimisationOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-over-optimisation",
            description = "Directory of the runs and of curves.html (default: ${DEFAULT-VALUE}).")
    Path out;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "SIZE",
            defaultValue = "16x1,48x2,built-in",
            description = "Reward models, smallest first: WIDTHxLAYERS, or built-in (default: ${DEFAULT-VALUE}).")
    List<String> sizes;

    @Option(
            names = "--pairs",
            split = ",",
            paramLabel = "N",
            defaultValue = "100,400,1600",
            description = "Numbers of preference pairs (default: ${DEFAULT-VALUE}).")
    List<Integer> pairs;

    @Option(
            names = "--noise",
            paramLabel = "P",
            defaultValue = "0.1",
            description = "Probability that a pair is labeled the wrong way round (default: ${DEFAULT-VALUE}).")
    double noise;

    @Option(
            names = "--pretrain-steps",
            paramLabel = "N",
            defaultValue = "800",
            description = "Steps of pretraining of each size but the built-in one (default: ${DEFAULT-VALUE}).")
    int pretrainSteps;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "56",
            description = "Prompts of best of n, in multiples of 7 (default: ${DEFAULT-VALUE}).")
    int prompts;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "288",
            description = "Completions per prompt for best of n, which goes up to n = 256 (default: ${DEFAULT-VALUE}).")
    int samples;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "30",
            description = "Steps of PPO (default: ${DEFAULT-VALUE}).")
    int steps;

    @Option(
            names = "--rollouts",
            paramLabel = "N",
            defaultValue = "128",
            description = "Rollouts per step of PPO (default: ${DEFAULT-VALUE}).")
    int rollouts;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "3",
            description = "PPO steps that are averaged to one point of a curve (default: ${DEFAULT-VALUE}).")
    int window;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "17", description = "Seed (default: ${DEFAULT-VALUE}).")
    long seed;
}
