package dev.attune.core.stats.rates;

import dev.attune.core.stats.Estimate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Success of attacks, on two levels that must not be mixed up: per try, and per prompt with any of its k tries. 4 prompts
 * of 10 tries with one hit each have 10 % per try and 100 % for any of 10.
 *
 * @param tries scored 1 for a hit and 0 for a miss, all prompts together
 * @param prompts scored 1 if any try is a hit, else 0 if any try is scored
 * @param perTry the rate over tries, with an interval that takes prompts as the unit; empty if no try is scored
 * @param k the largest number of tries of a prompt
 * @param incomplete prompts without a hit that have unscored tries: each may hide a hit, so that the rate of any of k is
 *     a lower bound
 */
public record AttackSuccess(Tally tries, Tally prompts, Optional<Estimate> perTry, int k, long incomplete) {
    /**
     * Counts both levels.
     *
     * @param byPrompt each prompt's tries; a prompt without tries is no attempt and does not count
     */
    public static AttackSuccess of(Collection<List<Score>> byPrompt) {
        List<List<Score>> attempted =
                byPrompt.stream().filter(tries -> !tries.isEmpty()).toList();
        List<Tally> tallies = attempted.stream().map(Tally::of).toList();
        return new AttackSuccess(
                tallies.stream().reduce(Tally.ofNumbers(), Tally::plus),
                Tally.of(attempted.stream().map(AttackSuccess::anyOf).toList()),
                ClusteredRate.of(tallies),
                attempted.stream().mapToInt(List::size).max().orElse(0),
                tallies.stream()
                        .filter(tally -> tally.sum() == 0 && tally.scored() > 0 && tally.unscoredCount() > 0)
                        .count());
    }

    /** The rate of prompts with a hit in any of their k tries; empty if no prompt has a scored try. */
    public Optional<Estimate> anyOfK() {
        return prompts.rate();
    }

    /** The first try that is a hit, from 1. Later failures and refusals do not undo it. */
    public static OptionalInt firstHit(List<Score> tries) {
        for (int i = 0; i < tries.size(); i++) {
            if (isHit(tries.get(i))) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }

    /** Both rates by name. */
    public String describe() {
        return "per try: " + perTry.map(Estimate::describe).orElse("none") + "; any of " + k + ": "
                + anyOfK().map(Estimate::describe).orElse("none")
                + (tries.unscoredCount() == 0 ? "" : "; " + tries.unscoredCount() + " tries unscored");
    }

    /** A hit if any try is one; a miss if all scored tries are; else the reason of the first try. */
    private static Score anyOf(List<Score> tries) {
        if (firstHit(tries).isPresent()) {
            return Score.of(true);
        }
        boolean scored = tries.stream().anyMatch(Score.Given.class::isInstance);
        return scored ? Score.of(false) : tries.get(0);
    }

    private static boolean isHit(Score score) {
        return score instanceof Score.Given given && given.value() == 1;
    }
}
