package dev.attune.feedback.redteam;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.rates.AttackSuccess;
import dev.attune.feedback.rating.JudgeCheck;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What summary.json of a campaign holds.
 *
 * @param attacker its name; null if there is none
 * @param written what the attacker wrote, by kind: all but {@code ATTACK} are no attempts
 * @param seeds requests that were used
 * @param figures of all attempts
 * @param heldOut success of the held-out families together; null if there are none
 * @param findings distinct attacks that succeeded
 * @param corrected the success per try beside people's ratings, and corrected by them; null without ratings
 */
public record RedteamSummary(
        String target,
        String judge,
        @Nullable String attacker,
        Map<WrittenAttack.Kind, Long> written,
        int seeds,
        CampaignFigures figures,
        @Nullable AttackSuccess heldOut,
        int findings,
        @Nullable JudgeCheck corrected) {
    /** A figure as people read it. */
    public static String described(Optional<Estimate> estimate) {
        return estimate.map(Estimate::describe).orElse("none");
    }
}
