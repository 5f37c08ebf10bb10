package dev.attune.core.run;

import dev.attune.core.chart.Series;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rule of an on-policy method for completions without an end token, such as {@code ppo.missing_eos}. If only few
 * completions end, the rule and not the reward decides almost all scores.
 *
 * @param section the recipe's section of the method
 * @param maxNewTokens the length at which completions are cut; "?" if it is not recorded
 * @param score what replaces the score of a completion that did not end, or is added to it
 * @param replaces whether it replaces the score
 */
public record MissingEndTokens(String section, String maxNewTokens, double score, boolean replaces) {
    /** At a lower share of ended completions, the rule counts as deciding the scores. */
    public static final double MIN_ENDED = 0.1;

    private static final String SHARE = "response/ended_share";
    private static final String KEY = "missing_eos";

    /** The rule of a complete recipe; empty if it has none. */
    public static Optional<MissingEndTokens> of(Map<String, String> settings) {
        String section = settings.getOrDefault("method", "ppo");
        String score = settings.getOrDefault(section + "." + KEY, "null");
        if (!score.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
            return Optional.empty();
        }
        return Optional.of(new MissingEndTokens(
                section,
                settings.getOrDefault("generation.max_new_tokens", "?"),
                Double.parseDouble(score),
                !settings.getOrDefault(section + ".missing_eos_mode", "replace").equals("add")));
    }

    /** Whether the rule decides the scores of a step with this share of ended completions. */
    public static boolean decides(double endedShare) {
        return endedShare < MIN_ENDED;
    }

    /** What the rule does to the scores of a step, and what to do about it. */
    public String describe(long ended, long completions) {
        return (ended == 0 ? "none" : Long.toString(ended)) + " of " + completions + " completions ended within "
                + maxNewTokens + " tokens: " + effect(ended == 0) + "; " + remedy();
    }

    /** What the rule did to the scores of a run, and what to do about it; empty if it decided at no step. */
    public Optional<String> describe(MetricsLog metrics) {
        List<Series.Point> shares = metrics.series(SHARE, SHARE).points();
        List<Series.Point> few =
                shares.stream().filter(point -> decides(point.y())).toList();
        if (few.isEmpty()) {
            return Optional.empty();
        }
        double ended = few.stream().mapToDouble(Series.Point::y).average().orElse(0);
        return Optional.of("at " + few.size() + " of " + shares.size() + " steps, first at step "
                + Math.round(few.get(0).x()) + ", "
                + (ended == 0 ? "no completion" : percent(ended) + " of completions")
                + " ended within " + maxNewTokens + " tokens: " + effect(ended == 0) + "; " + remedy());
    }

    private String remedy() {
        return "raise generation.max_new_tokens, check that the policy was trained to write its end token, or set "
                + section + "." + KEY + ": null";
    }

    private String effect(boolean none) {
        String number = BigDecimal.valueOf(score).stripTrailingZeros().toPlainString();
        String which = none ? "every completion" : "each of the others";
        if (!replaces) {
            return section + ".missing_eos adds " + number + " to the score of " + which;
        }
        return section + ".missing_eos gives " + which + " the score " + number + " in place of its reward"
                + (none ? ", so nothing is learned from the reward" : "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
