package dev.attune.cli;

import dev.attune.core.feedback.PairChoice;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.PairWeights;
import dev.attune.core.feedback.Precedence;
import dev.attune.core.feedback.Ties;
import dev.attune.core.feedback.Votes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How rankings become preferences. */
final class PairArguments {
    @Option(
            names = "--choose",
            paramLabel = "WHICH",
            defaultValue = "all",
            description = "all (default), adjacent or best.")
    private String choose;

    @Option(
            names = "--ties",
            paramLabel = "HOW",
            defaultValue = "none",
            description = "none (default): a tie gives no pair; half: a pair at probability 0.5.")
    private String ties;

    @Option(
            names = "--weights",
            paramLabel = "HOW",
            defaultValue = "prompt",
            description = "prompt (default): each prompt's pairs weigh 1 together; pair: each pair weighs 1.")
    private String weights;

    @Option(
            names = "--votes",
            paramLabel = "HOW",
            defaultValue = "separate",
            description = "separate (default): each labeler's pairs; majority: one pair by vote.")
    private String votes;

    @Option(
            names = "--precedence",
            paramLabel = "CRITERIA",
            split = ",",
            description = "Merge criteria; if they disagree on a pair, the first one in this list decides.")
    private @Nullable List<String> precedence;

    @Option(names = "--criterion", paramLabel = "NAME", description = "Only the rankings under this criterion.")
    private @Nullable String criterion;

    PairOptions options() {
        return new PairOptions(
                PairChoice.parse(choose),
                Ties.parse(ties),
                PairWeights.parse(weights),
                Votes.parse(votes),
                precedence == null ? null : new Precedence(precedence),
                criterion);
    }
}
