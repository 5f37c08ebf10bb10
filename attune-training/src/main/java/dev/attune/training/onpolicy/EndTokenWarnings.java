package dev.attune.training.onpolicy;

import dev.attune.core.run.MissingEndTokens;
import java.util.List;
import java.util.Optional;

/**
 * Warns when the rule for missing end tokens decides the scores because few completions or none end: at the first such step, when
 * the last completions stop ending too, and again if it happens after a recovery.
 */
final class EndTokenWarnings {
    /** At this share of ended completions the next drop is reported again. */
    private static final double RECOVERED = 2 * MissingEndTokens.MIN_ENDED;

    private final Optional<MissingEndTokens> rule;
    private boolean fewWarned;
    private boolean noneWarned;

    EndTokenWarnings(ScoreRule scores, int maxNewTokens) {
        rule = scores.missingEndTokens(maxNewTokens);
    }

    /** The warning of a step, if there is a new one. */
    List<String> of(int step, List<Episode> episodes) {
        long ended = episodes.stream().filter(Episode::ended).count();
        double share = (double) ended / episodes.size();
        if (share >= RECOVERED) {
            fewWarned = false;
            noneWarned = false;
        }
        boolean known = ended == 0 ? noneWarned : fewWarned;
        if (rule.isEmpty() || known || !MissingEndTokens.decides(share)) {
            return List.of();
        }
        fewWarned = true;
        noneWarned |= ended == 0;
        String warning = rule.get().describe(ended, episodes.size());
        return List.of(step == 1 ? warning : "from this step (" + step + ") on, " + warning);
    }
}
