package dev.attune.cli;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How text is drawn; shared by all commands that generate. */
public final class SamplingArguments {
    @Option(names = "--max-new-tokens", paramLabel = "N", description = "At most this many tokens (default: 128).")
    private int maxNewTokens = 128;

    @Option(names = "--greedy", description = "Always take the most probable token.")
    private boolean greedy;

    @Option(names = "--temperature", paramLabel = "T", description = "Divides the logits (default: 1; 0 is greedy).")
    private double temperature = 1;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Keep the most probable tokens that make up P (default: 1).")
    private double topP = 1;

    @Option(names = "--top-k", paramLabel = "K", description = "Keep the K most probable tokens (default: 0, all).")
    private int topK;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Drop tokens less probable than P times the best (default: 0).")
    private double minP;

    @Option(names = "--repetition-penalty", paramLabel = "X", description = "Above 1: fewer repeats (default: 1).")
    private double repetitionPenalty = 1;

    @Option(names = "--stop", paramLabel = "TEXT", description = "End before this text; may be given several times.")
    private List<String> stop = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same text (default: 0).")
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
