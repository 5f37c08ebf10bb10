package dev.attune.cli.lab;

import dev.attune.world.evaluation.WorldReport;
import java.util.Locale;

/**
 * The figures of one model on held-out prompts.
 *
 * @param good share of answers that meet the whole guideline: the gold score
 * @param proxy mean score of the reward model
 * @param kl mean over completions of log p - log p_base, in nats
 * @param distinct number of distinct texts among 1,000
 */
record WorldFigures(WorldReport report, double good, double proxy, double kl, double distinct) {
    String describe() {
        return String.format(
                Locale.ROOT,
                "harm %s, made up %s, correct %s, rude %s, good %.1f %%, proxy %.2f, KL %.1f",
                report.compliance(),
                report.madeUp(),
                report.correct(),
                report.rude(),
                100 * good,
                proxy,
                kl);
    }
}
