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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * 1 if the completion is the row's gold answer, else 0. Both are compared without white space around them and with any
 * white space inside as one space. A gold answer may be a list of answers, each of which is right. A row without a gold
 * answer is refused when rows load.
 *
 * @param column of the gold answer
 * @param extraction the part of the completion that is compared
 */
public record ExactAnswerReward(String column, boolean ignoreCase, Extraction extraction) implements VerifiableReward {
    @Override
    public String name() {
        return "exact_answer";
    }

    @Override
    public RowCheck rowCheck() {
        return row -> golds(row.columns().get(column)).isEmpty()
                ? new RowCheck.Problem(
                        Fault.Kind.BAD_ANSWER,
                        "no answer in the column '" + column + "'",
                        "a text, a number or a list of them")
                : null;
    }

    @Override
    public Scored judge(PromptCompletion sample) {
        List<String> golds = golds(sample.columns().get(column));
        if (golds.isEmpty()) {
            return Scored.undecided("no gold answer");
        }
        String part = extraction.of(sample.completion());
        if (part == null) {
            return Scored.of(0, extraction.missing());
        }
        boolean right = golds.contains(plain(part));
        return Scored.verdict(right, right ? "right" : "not the answer '" + golds.get(0) + "'");
    }

    private List<String> golds(@Nullable Object gold) {
        List<?> all = gold instanceof List<?> list ? list : gold == null ? List.of() : List.of(gold);
        return all.stream()
                .filter(Objects::nonNull)
                .map(value -> plain(String.valueOf(value)))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private String plain(String text) {
        String spaced = text.strip().replaceAll("\\s+", " ");
        return ignoreCase ? spaced.toLowerCase(Locale.ROOT) : spaced;
    }

    /**
     * Settings: {@code column} (default answer); {@code ignore_case}; {@code after}: judge what follows the last such text;
     * {@code fenced}: judge the last fenced block.
     */
    public static final class Provider implements RewardProvider {
        @Override
        public String name() {
            return "exact_answer";
        }

        @Override
        public RewardFunction open(RewardSetup setup) {
            ProviderSettings settings = setup.settings();
            settings.requireKnown(Set.of("column", "ignore_case", "after", "fenced"));
            String column = settings.text("column");
            return new ExactAnswerReward(
                    column == null ? "answer" : column, settings.flag("ignore_case"), Extraction.read(settings));
        }
    }
}
