package dev.attune.feedback.revision;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Locale;

/**
 * Limits at which a job stops, because training on its revisions would teach a fault. They are checked from
 * {@code minimum} revisions on.
 *
 * @param minimum revisions before the first check, at least 1
 * @param unchanged largest share of revisions that change nothing, in [0, 1]
 * @param leaked largest share with parts of a request or of the template
 * @param cutOff largest share that ends at the token limit
 * @param refused largest share of usable revisions that refuse
 * @param boilerplate largest share of usable revisions with the same sequence of words
 * @param distinct smallest share of different usable revisions
 */
@RecordBuilder
public record RevisionGates(
        int minimum,
        double unchanged,
        double leaked,
        double cutOff,
        double refused,
        double boilerplate,
        double distinct)
        implements RevisionGatesBuilder.With {
    public static final RevisionGates DEFAULT = new RevisionGates(50, 0.5, 0.2, 0.5, 0.95, 0.6, 0.3);

    /** Reads a section, whose keys are the components in snake_case. */
    public static RevisionGates read(SectionReader fields) {
        return new RevisionGates(
                fields.integer("minimum", DEFAULT.minimum, 1),
                fields.number("unchanged", DEFAULT.unchanged, Range.FRACTION),
                fields.number("leaked", DEFAULT.leaked, Range.FRACTION),
                fields.number("cut_off", DEFAULT.cutOff, Range.FRACTION),
                fields.number("refused", DEFAULT.refused, Range.FRACTION),
                fields.number("boilerplate", DEFAULT.boilerplate, Range.FRACTION),
                fields.number("distinct", DEFAULT.distinct, Range.FRACTION));
    }

    /**
     * A figure beside its limit.
     *
     * @param name of the figure, in words
     * @param isMaximum whether the limit is the largest allowed value, else the smallest
     */
    public record Checked(String name, double value, double limit, boolean isMaximum) {
        /** Whether the figure keeps to the limit. */
        public boolean within() {
            return isMaximum ? value <= limit : value >= limit;
        }

        private String describe(int revisions) {
            return String.format(
                    Locale.ROOT,
                    "%s: %.0f %% of %d revisions, %s %.0f %%",
                    name,
                    100 * value,
                    revisions,
                    isMaximum ? "at most" : "at least",
                    100 * limit);
        }
    }

    /** All figures beside their limits, whether there are enough revisions or not. */
    public List<Checked> checked(RevisionFigures figures) {
        return List.of(
                new Checked("revisions change nothing", figures.unchanged(), unchanged, true),
                new Checked("revisions repeat the request or the template", figures.leaked(), leaked, true),
                new Checked("revisions end at the token limit", figures.cutOff(), cutOff, true),
                new Checked("revisions refuse", figures.refused(), refused, true),
                new Checked("revisions share a phrase", figures.boilerplate(), boilerplate, true),
                new Checked("different revisions", figures.distinct(), distinct, false));
    }

    /** The limits that these figures break, in words with figure and limit; empty below the minimum. */
    public List<String> broken(RevisionFigures figures) {
        if (figures.revisions() < minimum) {
            return List.of();
        }
        return checked(figures).stream()
                .filter(checked -> !checked.within())
                .map(checked -> checked.describe(figures.revisions()))
                .toList();
    }
}
