package dev.attune.core.feedback;

import dev.attune.core.text.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pair of completions, one preferred.
 *
 * @param probability that {@code chosen} is better, in [0.5, 1]; 1 unless the label is soft
 * @param weight of the pair in the loss, above 0
 * @param margin by which chosen should win, in reward units, or null
 * @param origin the rankings, or the judge, that the pair was made from
 */
public record Preference(
        Prompt prompt,
        String chosen,
        String rejected,
        double probability,
        double weight,
        @Nullable Double margin,
        Origin origin) {

    /**
     * The rankings behind a pair, with their criteria, labelers, guidelines and times, each named once.
     *
     * @param guidelines the versions that the labelers followed, as far as they are known
     * @param times when the rankings were given, as far as it is known
     * @param decidedBy the criterion that decided a disagreement, or null
     * @param note how it was decided, or null
     * @param judge who preferred the completion if no person ranked it, or null
     */
    public record Origin(
            List<String> rankings,
            List<String> criteria,
            List<String> labelers,
            List<String> guidelines,
            List<String> times,
            @Nullable String decidedBy,
            @Nullable String note,
            @Nullable Judge judge) {
        public static final Origin UNKNOWN = new Origin(List.of(), List.of(), List.of(), null, null);

        /** Lists that are missing in a file become empty. */
        public Origin {
            rankings = known(rankings);
            criteria = known(criteria);
            labelers = known(labelers);
            guidelines = known(guidelines);
            times = known(times);
        }

        /** The origin of rankings by people. */
        public Origin(
                List<String> rankings,
                List<String> criteria,
                List<String> labelers,
                List<String> guidelines,
                List<String> times,
                @Nullable String decidedBy,
                @Nullable String note) {
            this(rankings, criteria, labelers, guidelines, times, decidedBy, note, null);
        }

        /** The origin of a pair that no person ranked. */
        public static Origin of(Judge judge) {
            return new Origin(List.of(), List.of(), List.of(), List.of(), List.of(), null, null, judge);
        }

        /** The origin of rankings without guidelines and times. */
        public Origin(
                List<String> rankings,
                List<String> criteria,
                List<String> labelers,
                @Nullable String decidedBy,
                @Nullable String note) {
            this(rankings, criteria, labelers, List.of(), List.of(), decidedBy, note);
        }

        private static List<String> known(@Nullable List<String> names) {
            return names == null ? List.of() : List.copyOf(names);
        }
    }

    /**
     * A model or a rule that made a preference.
     *
     * @param name of the model or the rule
     * @param constitution its name, version and hash, or null
     * @param principles under which the completions were judged or revised; may be empty
     */
    public record Judge(Kind kind, String name, @Nullable String constitution, List<String> principles) {
        /** What a judge is. */
        public enum Kind {
            MODEL,
            RULE
        }

        public Judge {
            principles = Origin.known(principles);
        }
    }

    public Preference {
        if (!(probability >= 0.5 && probability <= 1)) {
            throw new IllegalArgumentException("probability " + probability + " is not in [0.5, 1]");
        }
        if (!(weight > 0)) {
            throw new IllegalArgumentException("weight " + weight + " is not above 0");
        }
    }

    /** The same pair with another weight. */
    public Preference withWeight(double other) {
        return new Preference(prompt, chosen, rejected, probability, other, margin, origin);
    }

    public static Preference of(Prompt prompt, String chosen, String rejected) {
        return new Preference(prompt, chosen, rejected, 1, 1, null, Origin.UNKNOWN);
    }
}
