package dev.attune.core.reward.verify;

import dev.attune.core.data.Fault;
import dev.attune.core.data.RowCheck;
import dev.attune.core.provider.ProviderSettings;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Scored;
import dev.attune.core.reward.VerifiableReward;
import dev.attune.core.text.PromptCompletion;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * 1 if the completion's number equals the row's gold number, else 0; GSM8K style. Numbers are compared as exact fractions,
 * and this is the only verdict: there is no comparison of texts beside it. A completion without a number is wrong. A gold
 * answer that is not exactly one number is refused when rows load, and gives no score if it appears nevertheless.
 *
 * @param column of the gold answer: a number, a text with one number, or a worked answer that ends in
 *     {@code #### number}
 * @param find which number of the completion counts
 * @param tolerance the largest difference that counts as equal, at least 0
 * @param extraction the part of the completion that is read
 */
public record NumericAnswerReward(String column, Find find, BigDecimal tolerance, Extraction extraction)
        implements VerifiableReward {
    /** Which number of a completion is its answer. */
    public enum Find {
        /** The first after the last {@code ####} if there is one, else the last number. */
        AUTO,
        /** The last number. */
        LAST,
        /** The first after the last {@code ####}. */
        MARKED,
        /** The last one in the last {@code \boxed{}}. */
        BOXED
    }

    private static final String MARK = "####";
    private static final String BOX = "\\boxed{";

    /** The whole completion is read, and compared exactly. */
    public NumericAnswerReward(String column) {
        this(column, Find.AUTO, BigDecimal.ZERO, Extraction.WHOLE);
    }

    @Override
    public String name() {
        return "numeric_answer";
    }

    @Override
    public RowCheck rowCheck() {
        return row -> gold(row.columns().get(column)) == null
                ? new RowCheck.Problem(
                        Fault.Kind.BAD_ANSWER,
                        "the answer " + shown(row.columns().get(column)) + " in the column '" + column + "'",
                        "one number, or a text that ends in #### and one number")
                : null;
    }

    private static String shown(@Nullable Object gold) {
        String text = String.valueOf(gold).replaceAll("\\s+", " ");
        return text.length() <= 60 ? "'" + text + "'" : "'" + text.substring(0, 60) + "...'";
    }

    @Override
    public Scored judge(PromptCompletion sample) {
        Fraction gold = gold(sample.columns().get(column));
        if (gold == null) {
            return Scored.undecided("the gold answer is not one number");
        }
        String part = extraction.of(sample.completion());
        if (part == null) {
            return Scored.of(0, extraction.missing());
        }
        Fraction answer = answer(part);
        if (answer == null) {
            return Scored.of(0, "no number");
        }
        boolean right = answer.isWithin(Fraction.of(tolerance), gold);
        return Scored.verdict(right, answer + (right ? " is right" : " is not " + gold));
    }

    /** The number of a gold answer, or null if there is not exactly one. */
    private static @Nullable Fraction gold(@Nullable Object gold) {
        if (!(gold instanceof String || gold instanceof Number)) {
            return null;
        }
        String text = gold.toString();
        List<Fraction> numbers = NumbersInText.of(text.substring(Math.max(0, afterMark(text))));
        return numbers.size() == 1 ? numbers.get(0) : null;
    }

    private @Nullable Fraction answer(String text) {
        int mark = afterMark(text);
        return switch (find) {
            case AUTO -> mark < 0 ? last(text) : first(text.substring(mark));
            case LAST -> last(text);
            case MARKED -> mark < 0 ? null : first(text.substring(mark));
            case BOXED -> boxed(text);
        };
    }

    private static int afterMark(String text) {
        int at = text.lastIndexOf(MARK);
        return at < 0 ? -1 : at + MARK.length();
    }

    private static @Nullable Fraction first(String text) {
        List<Fraction> numbers = NumbersInText.of(text);
        return numbers.isEmpty() ? null : numbers.get(0);
    }

    private static @Nullable Fraction last(String text) {
        List<Fraction> numbers = NumbersInText.of(text);
        return numbers.isEmpty() ? null : numbers.get(numbers.size() - 1);
    }

    private static @Nullable Fraction boxed(String text) {
        int at = text.lastIndexOf(BOX);
        if (at < 0) {
            return null;
        }
        int depth = 1;
        int end = at + BOX.length();
        while (end < text.length() && depth > 0) {
            char letter = text.charAt(end++);
            depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
        }
        return depth > 0 ? null : last(text.substring(at + BOX.length(), end - 1));
    }

    /**
     * Settings: {@code column} (default answer); {@code find}: auto (default), last, marked, boxed; {@code tolerance}
     * (default 0); {@code after}, {@code fenced} as for exact_answer.
     */
    public static final class Provider implements RewardProvider {
        @Override
        public String name() {
            return "numeric_answer";
        }

        @Override
        public RewardFunction open(RewardSetup setup) {
            ProviderSettings settings = setup.settings();
            settings.requireKnown(Set.of("column", "find", "tolerance", "after", "fenced"));
            String column = settings.text("column");
            String find = settings.choice("find", "auto", "last", "marked", "boxed");
            return new NumericAnswerReward(
                    column == null ? "answer" : column,
                    Find.valueOf(find.toUpperCase(Locale.ROOT)),
                    BigDecimal.valueOf(settings.number("tolerance", 0, 0, 1e9)),
                    Extraction.read(settings));
        }
    }
}
