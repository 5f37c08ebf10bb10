package dev.attune.core.stats.rates;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Scored rows and unscored ones by reason. Means and rates are over the scored rows; over none they are absent.
 *
 * @param scored number of rows with a score
 * @param sum of their scores
 * @param unscored number of rows by reason, without zeros
 */
public record Tally(long scored, double sum, Map<UnscoredReason, Long> unscored) {
    public Tally {
        EnumMap<UnscoredReason, Long> copy = new EnumMap<>(UnscoredReason.class);
        copy.putAll(unscored);
        unscored = Collections.unmodifiableMap(copy);
    }

    /** Counts rows. */
    public static Tally of(Collection<Score> scores) {
        long scored = 0;
        double sum = 0;
        EnumMap<UnscoredReason, Long> unscored = new EnumMap<>(UnscoredReason.class);
        for (Score score : scores) {
            if (score instanceof Score.Given given) {
                scored++;
                sum += given.value();
            } else if (score instanceof Score.Missing missing) {
                unscored.merge(missing.reason(), 1L, Long::sum);
            }
        }
        return new Tally(scored, sum, unscored);
    }

    /** Counts numbers; NaN is unscored, with no verdict. */
    public static Tally ofNumbers(double... scores) {
        return of(Arrays.stream(scores).mapToObj(Score::of).toList());
    }

    /** The rows of both. */
    public Tally plus(Tally other) {
        EnumMap<UnscoredReason, Long> both = new EnumMap<>(UnscoredReason.class);
        both.putAll(unscored);
        other.unscored.forEach((reason, count) -> both.merge(reason, count, Long::sum));
        return new Tally(scored + other.scored, sum + other.sum, both);
    }

    /** The mean score of the scored rows; empty if there are none. */
    public OptionalDouble mean() {
        return scored == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / scored);
    }

    /**
     * The share of successes with Wilson's interval, if scores are in [0, 1] with ties as halves; empty if there are no
     * scored rows. The interval takes rows as independent: see {@link AttackSuccess} for several tries of a prompt.
     */
    public Optional<Estimate> rate() {
        if (sum < 0 || sum > scored) {
            throw BadInputException.at(
                    "a rate", "a mean score of " + sum / scored, "scores in [0, 1]", "use the mean of other scores");
        }
        return scored == 0 ? Optional.empty() : Optional.of(Wilson.share(sum, scored));
    }

    /** Number of rows without a score. */
    public long unscoredCount() {
        return unscored.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The mean score and the numbers of rows, such as "0.750 over 2; 2 unscored: no verdict 2". */
    public String describe() {
        String reasons = unscored.entrySet().stream()
                .map(entry -> entry.getKey().words() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        String mean =
                scored == 0 ? "no scored rows" : String.format(Locale.ROOT, "%.3f", sum / scored) + " over " + scored;
        return mean + "; " + unscoredCount() + " unscored" + (reasons.isEmpty() ? "" : ": " + reasons);
    }
}
