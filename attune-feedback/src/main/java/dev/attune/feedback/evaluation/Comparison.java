package dev.attune.feedback.evaluation;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.stats.winrate.ComparedItem;
import dev.attune.feedback.judge.Consistency;
import dev.attune.feedback.judge.Judgement;
import dev.attune.feedback.judge.Opinion;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two models' answers to one prompt, and which one is better.
 *
 * @param place of the prompt: file and line
 * @param category of the prompt; empty if it has none
 * @param answer the model's
 * @param other the other model's
 * @param share of the win: the probability in [0, 1] that the model's answer is better, 0.5 for a tie; null if unscored
 * @param unscored why there is no share; null if there is one
 * @param detail the cause in one line, or how the pair was decided without the judge; may be empty
 * @param opinions of the judge: both orders, or both scores; empty if it was not asked
 */
public record Comparison(
        String place,
        String category,
        String asked,
        String answer,
        String other,
        @Nullable Double share,
        @Nullable UnscoredReason unscored,
        String detail,
        List<Opinion> opinions) {
    /** What a pair is for the model: won if the judge prefers its answer, and not the other one if the order is turned. */
    public enum Outcome {
        WON,
        TIED,
        LOST,
        UNSCORED;

        /** As people read it. */
        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The reading of the share. */
    static final String WIN_RATE = "win_rate";

    private static final String EQUAL = "the answers are equal";

    public Comparison {
        if ((share == null) != (unscored != null)) {
            throw new IllegalArgumentException("a share of " + share + " with the reason " + unscored);
        }
        opinions = List.copyOf(opinions);
    }

    /** By the judge. */
    static Comparison judged(Item ours, Item theirs, Judgement judgement) {
        Verdict<Double> verdict = judgement.verdict();
        return new Comparison(
                ours.place(),
                ours.category(),
                ours.asked(),
                ours.answer(),
                theirs.answer(),
                verdict.scoredValue().orElse(null),
                verdict.unscoredReason().orElse(null),
                verdict instanceof Verdict.Unscored<Double> none ? none.detail() : "",
                judgement.opinions());
    }

    /** Equal answers are a tie without a judge. */
    static Comparison equal(Item ours, Item theirs) {
        return judged(ours, theirs, unasked(Verdict.scored(0.5, ""))).withDetail(EQUAL);
    }

    /** An answer without words leaves nothing to compare. */
    static Comparison silent(Item ours, Item theirs) {
        return judged(ours, theirs, unasked(Verdict.unscored(UnscoredReason.NO_ANSWER, "", "")));
    }

    private static Judgement unasked(Verdict<Double> verdict) {
        return new Judgement("", "", verdict, List.of());
    }

    private Comparison withDetail(String value) {
        return new Comparison(place, category, asked, answer, other, share, unscored, value, opinions);
    }

    /** Whether it is a tie because the answers are equal. */
    boolean ofEqualAnswers() {
        return share != null && opinions.isEmpty();
    }

    /** A judge that prefers another answer in each order decides nothing: that is a tie, whatever the share. */
    public Outcome outcome() {
        if (share == null) {
            return Outcome.UNSCORED;
        }
        if (Consistency.of(judgement()).equals(Optional.of(Consistency.INCONSISTENT))) {
            return Outcome.TIED;
        }
        return share > 0.5 ? Outcome.WON : share < 0.5 ? Outcome.LOST : Outcome.TIED;
    }

    /** The outcome with its share or cause as text. */
    public String describe() {
        return outcome().words()
                + (share == null ? "" : String.format(Locale.ROOT, " %.3f", share))
                + (unscored == null ? "" : ": " + unscored.words())
                + (detail.isEmpty() ? "" : ", " + detail);
    }

    /** As a judgement, whose orders can be counted. */
    Judgement judgement() {
        Verdict<Double> verdict = share != null
                ? Verdict.scored(share, "")
                : Verdict.unscored(unscored == null ? UnscoredReason.NO_VERDICT : unscored, detail, "");
        return new Judgement("", "", verdict, opinions);
    }

    /** As a row of the regression on lengths. */
    ComparedItem lengths() {
        return ComparedItem.of(share == null ? Double.NaN : 1 + share, other, answer);
    }

    /** As an item of the win rate. */
    Item item() {
        return new Item(
                place,
                0,
                category,
                asked,
                answer,
                "",
                share == null ? Map.of() : Map.of(WIN_RATE, share),
                unscored == null ? Map.of() : Map.of(WIN_RATE, unscored));
    }
}
