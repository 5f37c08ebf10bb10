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

/** Options of making preferences from rankings. */
final class PairArguments {
    @Option(
            names = "--choose",
            paramLabel = "WHICH",
            defaultValue = "all",
            description =
                    "Pairs of a ranking: all (default): every two completions of different ranks; adjacent: each rank with the"
                            + " next; best: the best rank with the rest.")
    private String choose;

    @Option(
            names = "--ties",
            paramLabel = "HOW",
            defaultValue = "none",
            description = "Pairs of tied completions: none (default), or half: a pair with probability 0.5.")
    private String ties;

    @Option(
            names = "--weights",
            paramLabel = "HOW",
            defaultValue = "prompt",
            description =
                    "Weights of pairs: prompt (default): the pairs of a prompt sum to 1; pair: each pair weighs 1.")
    private String weights;

    @Option(
            names = "--votes",
            paramLabel = "HOW",
            defaultValue = "separate",
            description =
                    "Votes of labelers: separate (default): pairs of each labeler; majority: the majority decides each pair; soft: the"
                            + " same with the majority's share as probability.")
    private String votes;

    @Option(
            names = "--precedence",
            paramLabel = "CRITERIA",
            split = ",",
            description =
                    "Criteria to merge; if they disagree on a pair, the first one in this list decides (default: no merging).")
    private @Nullable List<String> precedence;

    @Option(
            names = "--criterion",
            paramLabel = "NAME",
            description = "Criterion whose rankings are used (default: all).")
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
