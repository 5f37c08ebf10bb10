package dev.attune.studio.judgements;

import dev.attune.feedback.judge.Consistency;
import dev.attune.feedback.judge.JudgementLine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What judgements are filtered by.
 *
 * @param item id of the pair
 * @param question the comparison that was asked for
 * @param order whether both orders agree; "unscored" without a verdict
 */
record JudgementOutline(String item, String question, String order) {
    private static final String UNSCORED = "unscored";

    /** The values of {@code order}, as addresses have them. */
    static final List<String> ORDERS =
            List.of(words(Consistency.INCONSISTENT), words(Consistency.HALF), words(Consistency.CONSISTENT), UNSCORED);

    static JudgementOutline of(JudgementLine line) {
        Optional<Consistency> consistency = Consistency.of(line.judgement());
        return new JudgementOutline(
                line.item(),
                line.principle().intern(),
                consistency.map(JudgementOutline::words).orElse(UNSCORED));
    }

    private static String words(Consistency consistency) {
        return consistency.name().toLowerCase(Locale.ROOT);
    }
}
