package dev.attune.cli;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Sampling options; shared by all commands that generate. */
public final class SamplingArguments {
    @Option(names = "--max-new-tokens", paramLabel = "N", description = "Maximum number of new tokens (default: 128).")
    private int maxNewTokens = 128;

    @Option(names = "--greedy", description = "Greedy decoding: always take the most probable token.")
    private boolean greedy;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Sampling temperature, which divides the logits; 0 is greedy (default: 1).")
    private double temperature = 1;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description =
                    "Nucleus sampling: keep the smallest set of tokens with total probability P (default: 1, all).")
    private double topP = 1;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "Top-k sampling: keep the K most probable tokens (default: 0, all).")
    private int topK;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description =
                    "Min-p sampling: drop tokens less probable than P times the most probable one (default: 0, none).")
    private double minP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            description = "Repetition penalty; above 1, repeated tokens become less probable (default: 1, none).")
    private double repetitionPenalty = 1;

    @Option(names = "--stop", paramLabel = "TEXT", description = "Stop string; generation ends before it. Repeatable.")
    private List<String> stop = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of sampling (default: 0).")
    private long seed;

    public long seed() {
        return seed;
    }

    /** The options, checked. */
    public SamplingOptions options() {
        require(maxNewTokens >= 1, "--max-new-tokens", maxNewTokens, "a number of at least 1");
        require(temperature >= 0 && temperature < 1e6, "--temperature", temperature, "a number of at least 0");
        require(topP > 0 && topP <= 1, "--top-p", topP, "a number above 0 and at most 1");
        require(topK >= 0, "--top-k", topK, "a number of at least 0");
        require(minP >= 0 && minP < 1, "--min-p", minP, "a number of at least 0 and below 1");
        require(repetitionPenalty > 0, "--repetition-penalty", repetitionPenalty, "a number above 0");
        return new SamplingOptions(maxNewTokens, greedy ? 0 : temperature, topK, topP, minP, repetitionPenalty, stop);
    }

    private static void require(boolean met, String option, Number found, String expected) {
        if (!met) {
            throw BadInputException.at(option, found.toString(), expected, "change it");
        }
    }
}
