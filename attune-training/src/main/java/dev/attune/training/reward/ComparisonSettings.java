package dev.attune.training.reward;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;

/**
 * The loss of a reward model and its regularisation.
 *
 * @param loss over pairs, or over whole rankings
 * @param centering coefficient of the squared sum of a pair's scores, which keeps scores near 0; 0 switches it off
 * @param normalize whether scores are shifted and scaled after training to mean 0 and variance 1 on the training
 *     completions
 * @param tokenDropout the share of tokens that each step leaves out, which reduces overfitting on a small set of
 *     comparisons; 0 switches it off
 */
@RecordBuilder
public record ComparisonSettings(Loss loss, double centering, boolean normalize, double tokenDropout)
        implements ComparisonSettingsBuilder.With {
    /** The likelihood to maximise. */
    public enum Loss {
        BRADLEY_TERRY,
        PLACKETT_LUCE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static final ComparisonSettings DEFAULT = new ComparisonSettings(Loss.BRADLEY_TERRY, 0, true, 0);

    static ComparisonSettings read(SectionReader fields) {
        return new ComparisonSettings(
                fields.choice("loss", DEFAULT.loss),
                fields.number("centering", DEFAULT.centering, Range.NOT_NEGATIVE),
                fields.bool("normalize", DEFAULT.normalize),
                fields.number("token_dropout", DEFAULT.tokenDropout, Range.PROPER_FRACTION));
    }
}
