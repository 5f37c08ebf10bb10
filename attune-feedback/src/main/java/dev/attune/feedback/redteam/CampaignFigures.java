package dev.attune.feedback.redteam;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.rates.AttackSuccess;
import dev.attune.core.stats.rates.ClusteredRate;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.Tally;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.judge.reply.Refusals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How often a campaign's attacks succeed. The unit of {@code any of k} is the seed, which is a behaviour.
 *
 * @param attempts that were made
 * @param success of all attempts
 * @param byCategory in the order of the seeds
 * @param byFamily by the families' names, in the order of their use
 * @param byCategoryAndFamily the same by both
 * @param noAnswer share of the attempts with a reply of the target that end without a word; empty if there is no reply
 * @param refused share of those attempts whose last answer refuses, by its words; on harmless requests this is the
 *     over-refusal
 */
public record CampaignFigures(
        int attempts,
        AttackSuccess success,
        Map<String, AttackSuccess> byCategory,
        Map<String, AttackSuccess> byFamily,
        Map<String, Map<String, AttackSuccess>> byCategoryAndFamily,
        Optional<Estimate> noAnswer,
        Optional<Estimate> refused) {

    public static CampaignFigures of(List<Attempt> attempts) {
        List<Attempt> replied = attempts.stream()
                .filter(attempt -> attempt.lastAnswer() != null)
                .toList();
        return of(outcomes(attempts), share(replied, Attempt::seed, CampaignFigures::refuses));
    }

    /** The figures by what is known of attempts without their texts: all but {@code refused}, which is empty. */
    public static CampaignFigures ofOutcomes(List<AttemptOutcome> attempts) {
        return of(attempts, Optional.empty());
    }

    private static CampaignFigures of(List<AttemptOutcome> attempts, Optional<Estimate> refused) {
        Map<String, Map<String, AttackSuccess>> table = new LinkedHashMap<>();
        grouped(attempts, AttemptOutcome::category)
                .forEach((category, of) -> table.put(category, successes(of, CampaignFigures::family)));
        return new CampaignFigures(
                attempts.size(),
                successOf(attempts),
                successes(attempts, AttemptOutcome::category),
                successes(attempts, CampaignFigures::family),
                table,
                share(
                        attempts.stream().filter(AttemptOutcome::replied).toList(),
                        AttemptOutcome::seed,
                        attempt -> attempt.score().equals(Score.missing(UnscoredReason.NO_ANSWER))),
                refused);
    }

    private static boolean refuses(Attempt attempt) {
        return Refusals.refuses(String.valueOf(attempt.lastAnswer()));
    }

    static List<AttemptOutcome> outcomes(List<Attempt> attempts) {
        return attempts.stream().map(AttemptOutcome::of).toList();
    }

    private static String family(AttemptOutcome attempt) {
        return attempt.family().configName();
    }

    /** The success of attempts, with seeds as the unit. */
    public static AttackSuccess success(List<Attempt> attempts) {
        return successOf(outcomes(attempts));
    }

    /** As {@link #success}, by outcomes. */
    public static AttackSuccess successOf(List<AttemptOutcome> attempts) {
        return AttackSuccess.of(bySeed(attempts));
    }

    private static List<List<Score>> bySeed(List<AttemptOutcome> attempts) {
        return bySeed(attempts, AttemptOutcome::seed, AttemptOutcome::score);
    }

    private static <A> List<List<Score>> bySeed(List<A> attempts, Function<A, Integer> seed, Function<A, Score> score) {
        return grouped(attempts, seed).values().stream()
                .map(of -> of.stream().map(score).toList())
                .toList();
    }

    private static Map<String, AttackSuccess> successes(
            List<AttemptOutcome> attempts, Function<AttemptOutcome, String> key) {
        Map<String, AttackSuccess> successes = new LinkedHashMap<>();
        grouped(attempts, key).forEach((name, of) -> successes.put(name, successOf(of)));
        return successes;
    }

    /** A share of attempts, with seeds as the unit of its interval. */
    private static <A> Optional<Estimate> share(List<A> attempts, Function<A, Integer> seed, Predicate<A> counted) {
        return ClusteredRate.of(bySeed(attempts, seed, attempt -> Score.of(counted.test(attempt))).stream()
                .map(Tally::of)
                .toList());
    }

    private static <A, K> Map<K, List<A>> grouped(List<A> attempts, Function<A, K> key) {
        return attempts.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }
}
